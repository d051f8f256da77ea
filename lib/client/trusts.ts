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

/** A stored trust in the domain's words, with times as ISO 8601 text. */
export type StoredTrust = KindPart & Omit<TrustAnswer, 'method' | 'foreign'>

/** Where a trust is edited. A standalone one that is not made yet has no id. */
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
    return fromPublished(await request(pathOf(place), { signal, schema: TrustAnswer }))
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null
    throw error
  }
}

/** Every trust of the organization, or every one of a kind, page after page. */
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

/** The trusts of an identity, also those of a kind that this version does not know. */
export function useIdentityTrusts(identityId: string) {
  return useQuery({
    queryKey: [...trustKeys.all(), 'identity', identityId],
    queryFn: ({ signal }) => request(`/trusts${toQueryString({ identityId })}`, { signal, schema: TrustListAnswer }),
    select: ({ trusts }) => trusts.map(fromPublished),
  })
}

/** Removes a trust by its own id, which is all that is known of one of an unknown kind. */
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

/** Where a trust is made: an identity has one of each kind, under its own address. */
const makerOf = (place: TrustPlace) => ('identityId' in place ? pathOf(place) : '/trusts')

const pathOf = (place: TrustPlace) =>
  'identityId' in place
    ? `/identities/${encodeURIComponent(place.identityId)}/trusts/${place.kind}`
    : `/trusts/${encodeURIComponent(place.trustId ?? '')}`

/** What else shows trusts; the edited one was set by its own answer. */
const refreshAround = (client: ReturnType<typeof useQueryClient>) =>
  Promise.all(
    [trustKeys.all(), identityKeys.root, tokenKeys.root, ['overview'], ['audit']].map((queryKey) =>
      client.invalidateQueries({ queryKey }),
    ),
  )
