'use client'

import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { type StandaloneTrustInput, TrustAnswer, type TrustInput, TrustListAnswer } from '@/lib/apis/admin/trusts/wire'
import { ApiError, request } from './http'
import { identityKeys } from './identities'
import { toQueryString } from './query-string'
import { tokenKeys } from './tokens'

export type StoredTrust = TrustAnswer

/** The method by which an identity logs in with somebody else's token. */
export type TrustMethod = 'jwt' | 'oidc'

/** A trust that stands alone: an issuer, or a people's sign-in. */
export type StandaloneMethod = 'issuer' | 'sign-in'

/** Where a trust is edited. A standalone one that is not made yet has no id. */
export type TrustPlace =
  | { method: TrustMethod; identityId: string }
  | { method: 'issuer'; trustId: string | null }
  | { method: 'sign-in'; trustId: string | null }

export const trustKeys = {
  root: ['trusts'] as const,
  one: (place: TrustPlace) => [...trustKeys.root, 'one', place] as const,
  all: () => [...trustKeys.root, 'all'] as const,
}

/** The trust at a place; null while there is none. */
export function useTrust(place: TrustPlace) {
  return useQuery({
    queryKey: trustKeys.one(place),
    queryFn: ({ signal }) => findTrust(place, signal),
    // While somebody edits, the answer must not change under them; a save says if it did (412).
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
}

async function findTrust(place: TrustPlace, signal?: AbortSignal): Promise<StoredTrust | null> {
  if ('trustId' in place && place.trustId === null) return null
  try {
    return await request(pathOf(place), { signal, schema: TrustAnswer })
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null
    throw error
  }
}

/** Every trust of the organization, or every one of a method, page after page. */
export function useAllTrusts(method?: StandaloneMethod) {
  const query = useInfiniteQuery({
    queryKey: method ? [...trustKeys.all(), method] : trustKeys.all(),
    queryFn: ({ pageParam, signal }) =>
      request(`/trusts${toQueryString({ method, limit: 200, after: pageParam })}`, { signal, schema: TrustListAnswer }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    select: ({ pages }) => pages.flatMap(({ trusts }) => trusts),
  })
  const { hasNextPage, isFetching, isError, fetchNextPage } = query
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError) fetchNextPage()
  }, [hasNextPage, isFetching, isError, fetchNextPage])
  return query
}

/** The trusts of an identity, also those of a method that this version does not know. */
export function useIdentityTrusts(identityId: string) {
  return useQuery({
    queryKey: [...trustKeys.all(), 'identity', identityId],
    queryFn: ({ signal }) => request(`/trusts${toQueryString({ identityId })}`, { signal, schema: TrustListAnswer }),
    select: ({ trusts }) => trusts,
  })
}

/** Removes a trust by its own id, which is all that is known of one of an unknown method. */
export function useRemoveTrustById() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => request<void>(`/trusts/${encodeURIComponent(id)}`, { method: 'DELETE' }),
    onSuccess: () => refreshAround(client),
  })
}

/** Reads the stored trust anew, past the cache: what a conflicting save is compared with. */
export function useFreshTrust(place: TrustPlace) {
  const client = useQueryClient()
  return {
    read: () => findTrust(place),
    /** Takes an answer as the one the editor stands on. */
    adopt: (trust: StoredTrust | null) => client.setQueryData(trustKeys.one(place), trust),
  }
}

/** Makes the trust, or replaces it: `version` is the one it was made from, null when there is none yet. */
export function useSaveTrust(place: TrustPlace) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ input, version }: { input: TrustInput | StandaloneTrustInput; version: number | null }) =>
      version === null
        ? request(makerOf(place), { method: 'POST', body: input, schema: TrustAnswer })
        : request(pathOf(place), { method: 'PUT', body: input, ifMatch: version, schema: TrustAnswer }),
    onSuccess: (trust) => {
      client.setQueryData(trustKeys.one(place), trust)
      return refreshAround(client)
    },
  })
}

/** Removes the trust; access tokens issued through it stop working at once. */
export function useRemoveTrust(place: TrustPlace) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => request<void>(pathOf(place), { method: 'DELETE' }),
    onSuccess: () => {
      client.setQueryData(trustKeys.one(place), null)
      return refreshAround(client)
    },
  })
}

/** Where a trust is made: an identity has one of each method, under its own address. */
const makerOf = (place: TrustPlace) => ('identityId' in place ? pathOf(place) : '/trusts')

const pathOf = (place: TrustPlace) =>
  'identityId' in place
    ? `/identities/${encodeURIComponent(place.identityId)}/trusts/${place.method}`
    : `/trusts/${encodeURIComponent(place.trustId ?? '')}`

/** What else shows trusts; the edited one was set by its own answer. */
const refreshAround = (client: ReturnType<typeof useQueryClient>) =>
  Promise.all(
    [trustKeys.all(), identityKeys.root, tokenKeys.root, ['overview'], ['audit']].map((queryKey) =>
      client.invalidateQueries({ queryKey }),
    ),
  )
