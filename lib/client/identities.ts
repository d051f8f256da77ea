'use client'

import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type {
  IdentityAnswer,
  IdentityChange,
  IdentityInput,
  IdentityListAnswer,
} from '@/lib/apis/admin/identities/wire'
import type { Severity } from '@/lib/trust/posture/finding'
import type { Role } from '@/lib/trust/role'
import { request } from './http'
import { toQueryString } from './query-string'
import { useInvalidate } from './use-invalidate'

export type Identity = IdentityAnswer

export const identitySorts = ['name', 'role', 'createdAt', 'lastLoginAt'] as const
export type IdentitySort = (typeof identitySorts)[number]

/** Query of identities, with order. */
export type IdentityQuery = {
  search?: string
  issuer?: string
  role?: Role
  method?: string
  severity?: Severity
  lastLogin?: string
  sort?: IdentitySort
  direction?: 'asc' | 'desc'
  limit?: number
  offset?: number
}

export const identityKeys = {
  root: ['identities'] as const,
  list: (query: IdentityQuery) => [...identityKeys.root, 'list', query] as const,
  one: (id: string) => [...identityKeys.root, 'one', id] as const,
}

export function useIdentities(query: IdentityQuery, { enabled = true } = {}) {
  return useQuery({
    queryKey: identityKeys.list(query),
    queryFn: ({ signal }) => request<IdentityListAnswer>(`/identities${toQueryString(query)}`, { signal }),
    placeholderData: keepPreviousData,
    enabled,
  })
}

export function useIdentity(id: string) {
  return useQuery({
    queryKey: identityKeys.one(id),
    queryFn: ({ signal }) => request<IdentityAnswer>(pathOf(id), { signal }),
  })
}

export function useCreateIdentity() {
  const refresh = useRefreshIdentities()
  return useMutation({
    mutationFn: (body: z.input<typeof IdentityInput>) =>
      request<IdentityAnswer>('/identities', { method: 'POST', body }),
    onSuccess: refresh,
  })
}

export function useUpdateIdentity(id: string) {
  const refresh = useRefreshIdentities()
  return useMutation({
    mutationFn: (body: z.input<typeof IdentityChange>) =>
      request<IdentityAnswer>(pathOf(id), { method: 'PATCH', body }),
    onSuccess: refresh,
  })
}

export function useRemoveIdentity(id: string) {
  // Its page is still open: a refetch would show an error before the page is left.
  const refresh = useInvalidate([...identityKeys.root, 'list'], ['overview'])
  return useMutation({
    mutationFn: () => request<void>(pathOf(id), { method: 'DELETE' }),
    onSuccess: refresh,
  })
}

const pathOf = (id: string) => `/identities/${encodeURIComponent(id)}`

const useRefreshIdentities = () => useInvalidate(identityKeys.root, ['overview'], ['audit'])
