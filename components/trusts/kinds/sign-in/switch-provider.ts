'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type StoredTrust, trustKeys, useSaveTrust } from '@/lib/client/trusts'

/** Activates or deactivates a provider as read; after a conflicting change (412) the list is refetched. */
export function useSwitchProvider(trust: StoredTrust) {
  const client = useQueryClient()
  const save = useSaveTrust()
  const place = { kind: 'sign-in' as const, trustId: trust.id }
  return useMutation({
    mutationFn: async (enabled: boolean) => {
      // With the schemas of whole trusts, which a list does not load.
      const { switchedProvider } = await import('./switched-provider')
      const input = switchedProvider(trust, enabled)
      if (!input) throw new Error('This provider cannot be read. Open it, correct it and save it.')
      return save.mutateAsync({ place, input, version: trust.version })
    },
    onError: () => client.invalidateQueries({ queryKey: trustKeys.all() }),
  })
}
