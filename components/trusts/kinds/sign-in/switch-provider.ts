'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { SignInTrustInput } from '@/lib/apis/admin/trusts/wire'
import { type StoredTrust, trustKeys, useSaveTrust } from '@/lib/client/trusts'
import { signIn } from '@/lib/trust/kinds'
import { TrustDraftFields } from '@/lib/trust/trust'

/** Activates or deactivates a provider as read; after a conflicting change (412) the list is refetched. */
export function useSwitchProvider(trust: StoredTrust) {
  const client = useQueryClient()
  const save = useSaveTrust({ kind: signIn.kind, trustId: trust.id })
  return useMutation({
    mutationFn: (enabled: boolean) => {
      const input = switchedProvider(trust, enabled)
      if (!input) throw new Error('This provider cannot be read. Open it, correct it and save it.')
      return save.mutateAsync({ input, version: trust.version })
    },
    onError: () => client.invalidateQueries({ queryKey: trustKeys.all() }),
  })
}

/** Returns a stored provider as a request body, active or not; null for one that cannot be sent. Pure. */
export function switchedProvider(trust: StoredTrust, enabled: boolean): SignInTrustInput | null {
  if (!signIn.is(trust) || trust.unreadable?.includes('options')) return null
  // Every part of a draft is sent, so that none is reset.
  const { identityId: _, ...draft } = TrustDraftFields.parse(trust)
  const { owner: __, ...options } = trust.options
  return SignInTrustInput.safeParse({ ...draft, enabled, method: signIn.kind, signIn: options }).data ?? null
}
