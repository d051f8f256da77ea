'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type {
  DecoyTokenAnswer,
  DecoyTokenInput,
  DecoyTokenListAnswer,
  MadeDecoyTokenAnswer,
} from '@/lib/apis/admin/decoy-tokens/wire'
import { request } from './http'
import { useInvalidate } from './use-invalidate'

export type DecoyToken = DecoyTokenAnswer
export type MadeDecoyToken = MadeDecoyTokenAnswer

const decoyTokenKeys = {
  root: ['decoy-tokens'] as const,
  of: (identityId: string) => [...decoyTokenKeys.root, identityId] as const,
}

/** Decoy tokens that name an identity as their holder, newest first. */
export function useDecoyTokens(identityId: string) {
  return useQuery({
    queryKey: decoyTokenKeys.of(identityId),
    queryFn: ({ signal }) => request<DecoyTokenListAnswer>(pathOf(identityId), { signal }),
    select: ({ decoyTokens }) => decoyTokens,
  })
}

/** Makes a decoy token. Only the answer has its text, and the cache drops the answer with its component. */
export function useMakeDecoyToken(identityId: string) {
  const refresh = useInvalidate(decoyTokenKeys.root, ['audit'])
  return useMutation({
    mutationFn: (body: z.input<typeof DecoyTokenInput>) =>
      request<MadeDecoyTokenAnswer>(pathOf(identityId), { method: 'POST', body }),
    onSuccess: refresh,
    gcTime: 0,
  })
}

export function useRemoveDecoyToken() {
  const refresh = useInvalidate(decoyTokenKeys.root, ['audit'])
  return useMutation({
    mutationFn: (id: string) => request<void>(`/decoy-tokens/${encodeURIComponent(id)}`, { method: 'DELETE' }),
    onSuccess: refresh,
  })
}

const pathOf = (identityId: string) => `/identities/${encodeURIComponent(identityId)}/decoy-tokens`
