'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import type { FrozenTrustAnswer, FrozenTrustsAnswer } from '@/lib/apis/admin/frozen-trusts/wire'
import { request } from './http'
import { useInvalidate } from './use-invalidate'

export type FrozenTrust = FrozenTrustAnswer

const frozenKey = ['frozen-trusts'] as const

/** Trusts by which no login is accepted, because a name came with another id. */
export function useFrozenTrusts() {
  return useQuery({
    queryKey: frozenKey,
    queryFn: ({ signal }) => request<FrozenTrustsAnswer>('/frozen-trusts', { signal }),
    select: ({ frozen }) => frozen,
  })
}

export function useLiftFreeze(trustId: string) {
  const refresh = useInvalidate(frozenKey, ['audit'])
  return useMutation({
    mutationFn: (body: { reason: string }) =>
      request<void>(`/trusts/${encodeURIComponent(trustId)}/lift-freeze`, { method: 'POST', body }),
    onSuccess: refresh,
  })
}
