'use client'

import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type {
  AccessTokenAnswer,
  AccessTokenListAnswer,
  IssuedTokenAnswer,
  RevokedTokensAnswer,
  TokenAuthAnswer,
  TokenAuthInput,
} from '@/lib/apis/admin/tokens/wire'
import { request } from './http'
import { identityKeys } from './identities'
import { overviewKeys } from './overview'
import { toQueryString } from './query-string'
import { useInvalidate } from './use-invalidate'

export type AccessToken = AccessTokenAnswer
export type TokenAuth = TokenAuthAnswer
export type IssuedToken = IssuedTokenAnswer

export type TokenQuery = { identityId?: string; method?: string; limit?: number; offset?: number }

export const tokenKeys = {
  root: ['tokens'] as const,
  list: (query: TokenQuery) => [...tokenKeys.root, 'list', query] as const,
  auth: (identityId: string) => [...tokenKeys.root, 'auth', identityId] as const,
}

/** Issued access tokens, newest first. */
export function useTokens(query: TokenQuery) {
  return useQuery({
    queryKey: tokenKeys.list(query),
    queryFn: ({ signal }) => request<AccessTokenListAnswer>(`/tokens${toQueryString(query)}`, { signal }),
    placeholderData: keepPreviousData,
  })
}

/** Token Auth of an identity; only for one whose `methods` include `token`. */
export function useTokenAuth(identityId: string, { enabled }: { enabled: boolean }) {
  return useQuery({
    queryKey: tokenKeys.auth(identityId),
    queryFn: ({ signal }) => request<TokenAuthAnswer>(authPath(identityId), { signal }),
    enabled,
  })
}

export function useRevokeToken() {
  const refresh = useRefreshTokens()
  return useMutation({
    mutationFn: (tokenId: string) => request<void>(`/tokens/${encodeURIComponent(tokenId)}`, { method: 'DELETE' }),
    onSuccess: refresh,
  })
}

export function useRevokeAllTokens(identityId: string) {
  const refresh = useRefreshTokens()
  return useMutation({
    mutationFn: () =>
      request<RevokedTokensAnswer>(`/identities/${encodeURIComponent(identityId)}/tokens`, {
        method: 'DELETE',
      }),
    onSuccess: refresh,
  })
}

export function useAttachTokenAuth(identityId: string) {
  const refresh = useRefreshTokens()
  return useMutation({
    mutationFn: (body: z.input<typeof TokenAuthInput>) =>
      request<TokenAuthAnswer>(authPath(identityId), { method: 'POST', body }),
    onSuccess: refresh,
  })
}

/** Removes Token Auth; tokens issued through it stop working at once. */
export function useRemoveTokenAuth(identityId: string) {
  const refresh = useRefreshTokens()
  return useMutation({
    mutationFn: () => request<void>(authPath(identityId), { method: 'DELETE' }),
    onSuccess: refresh,
  })
}

/** Issues a token. Only the answer has its text, and the cache drops the answer with its component. */
export function useIssueToken(identityId: string) {
  const refresh = useRefreshTokens()
  return useMutation({
    mutationFn: (body: { name?: string }) =>
      request<IssuedTokenAnswer>(`${authPath(identityId)}/tokens`, { method: 'POST', body }),
    onSuccess: refresh,
    gcTime: 0,
  })
}

const authPath = (identityId: string) => `/identities/${encodeURIComponent(identityId)}/token-auth`

const useRefreshTokens = () => useInvalidate(tokenKeys.root, identityKeys.root, overviewKeys.root)
