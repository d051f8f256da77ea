'use client'

import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { type StandaloneTrustInput, TrustAnswer, type TrustInput, TrustListAnswer } from '@/lib/apis/admin/trusts/wire'
import type { IdentityKind, KindPart, StandaloneKind } from '@/lib/trust/kinds'
import { fromPublished } from '@/lib/trust/published-trust'
import { ApiError, request } from './http'
import { identityKeys } from './identities'
import { toQueryString } from './query-string'
import { tokenKeys } from './tokens'

/** A stored trust, with times as ISO 8601 text. */
export type StoredTrust = KindPart & Omit<TrustAnswer, 'method' | 'foreign'>

/** Key of an edited trust. A standalone one that is not stored yet has no id. */
export type TrustPlace = { kind: IdentityKind; identityId: string } | { kind: StandaloneKind; trustId: string | null }

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
    // Not refetched while it is edited; a save reports a conflict (412).
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
}

async function findTrust(place: TrustPlace, signal?: AbortSignal): Promise<StoredTrust | null> {
  if ('trustId' in place && place.trustId === null) return null
  try {
    return fromPublished(await request(pathOf(place), { signal, schema: TrustAnswer }))
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null
    throw error
  }
}

/** All trusts of the organization, or all of a kind, page by page. */
export function useAllTrusts(kind?: StandaloneKind) {
  const query = useInfiniteQuery({
    queryKey: kind ? [...trustKeys.all(), kind] : trustKeys.all(),
    queryFn: ({ pageParam, signal }) =>
      request(`/trusts${toQueryString({ method: kind, limit: 200, after: pageParam })}`, {
        signal,
        schema: TrustListAnswer,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    select: ({ pages }) => pages.flatMap(({ trusts }) => trusts.map(fromPublished)),
  })
  const { hasNextPage, isFetching, isError, fetchNextPage } = query
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError) fetchNextPage()
  }, [hasNextPage, isFetching, isError, fetchNextPage])
  return query
}

/** Trusts of an identity, including those of an unknown kind. */
export function useIdentityTrusts(identityId: string) {
  return useQuery({
    queryKey: [...trustKeys.all(), 'identity', identityId],
    queryFn: ({ signal }) => request(`/trusts${toQueryString({ identityId })}`, { signal, schema: TrustListAnswer }),
    select: ({ trusts }) => trusts.map(fromPublished),
  })
}

/** Removes a trust by its id, for one of an unknown kind. */
export function useRemoveTrustById() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => request<void>(`/trusts/${encodeURIComponent(id)}`, { method: 'DELETE' }),
    onSuccess: () => refreshAround(client),
  })
}

/** Reads the stored trust past the cache, to compare a conflicting save with. */
export function useFreshTrust(place: TrustPlace) {
  const client = useQueryClient()
  return {
    read: () => findTrust(place),
    /** Makes an answer the editor's stored trust. */
    adopt: (trust: StoredTrust | null) => client.setQueryData(trustKeys.one(place), trust),
  }
}

/** Creates the trust, or replaces it: `version` is the one it is based on, null for a new one. */
export function useSaveTrust(place: TrustPlace) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ input, version }: { input: TrustInput | StandaloneTrustInput; version: number | null }) =>
      fromPublished(
        version === null
          ? await request(makerOf(place), { method: 'POST', body: input, schema: TrustAnswer })
          : await request(pathOf(place), { method: 'PUT', body: input, ifMatch: version, schema: TrustAnswer }),
      ),
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

/** Path where a trust is created: an identity has one of each kind, under its own path. */
const makerOf = (place: TrustPlace) => ('identityId' in place ? pathOf(place) : '/trusts')

const pathOf = (place: TrustPlace) =>
  'identityId' in place
    ? `/identities/${encodeURIComponent(place.identityId)}/trusts/${place.kind}`
    : `/trusts/${encodeURIComponent(place.trustId ?? '')}`

/** Other queries that show trusts; the edited one is set by its answer. */
const refreshAround = (client: ReturnType<typeof useQueryClient>) =>
  Promise.all(
    [trustKeys.all(), identityKeys.root, tokenKeys.root, ['overview'], ['audit']].map((queryKey) =>
      client.invalidateQueries({ queryKey }),
    ),
  )
