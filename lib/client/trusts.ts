'use client'

import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { StandaloneTrustInput, TrustAnswer, TrustInput, TrustListAnswer } from '@/lib/apis/admin/trusts/wire'
import type { IdentityKind, KindPart, StandaloneKind } from '@/lib/trust/kinds'
import { withOwnNames } from '@/lib/trust/kinds/outline'
import { analyst } from './analysis/page-analyst'
import { ApiError, request, requestText } from './http'
import { identityKeys } from './identities'
import { toQueryString } from './query-string'
import { ruleTexts } from './rule-texts'
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
    return toStored(await request<TrustAnswer>(pathOf(place), { signal }))
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
      request<TrustListAnswer>(`/trusts${toQueryString({ method: kind, limit: 200, after: pageParam })}`, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    select: ({ pages }) => pages.flatMap(({ trusts }) => trusts.map(toStored)),
  })
  const { hasNextPage, isFetching, isError, fetchNextPage } = query
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError) fetchNextPage()
  }, [hasNextPage, isFetching, isError, fetchNextPage])
  return query
}

/** Maximum number of trusts that are judged whole; of more, those nearest to the token. */
export const judgedMax = 50

/** The first trusts, and whether there are more: then `useTrustRules` leads to those that matter. */
export function useFirstTrusts() {
  return useQuery({
    queryKey: [...trustKeys.all(), 'first'],
    queryFn: ({ signal }) => request<TrustListAnswer>(`/trusts${toQueryString({ limit: judgedMax })}`, { signal }),
    select: ({ trusts, next }) => ({ trusts: trusts.map(toStored), hasMore: next !== null }),
  })
}

/** Issuer and rules of every trust, as the texts of the pages: the worker reads them (`nearest`). */
export const useTrustRules = ({ enabled }: { enabled: boolean }) =>
  useQuery({
    queryKey: [...trustKeys.all(), 'rules'],
    queryFn: ({ signal }) =>
      ruleTexts(
        (page) => requestText(`/trust-rules${toQueryString(page)}`, signal),
        (page) => analyst.ask('nextRules', { page }),
      ),
    enabled,
  })

/** The trusts of these ids. */
export function useTrustsOf(ids: readonly string[]) {
  return useQuery({
    queryKey: [...trustKeys.all(), 'ids', ids],
    queryFn: ({ signal }) =>
      request<TrustListAnswer>(`/trusts${toQueryString({ ids: ids.join(','), limit: judgedMax })}`, { signal }),
    select: ({ trusts }) => trusts.map(toStored),
    enabled: ids.length > 0,
    placeholderData: keepPreviousData,
  })
}

/** Trusts of an identity, including those of an unknown kind. */
export function useIdentityTrusts(identityId: string) {
  return useQuery({
    queryKey: [...trustKeys.all(), 'identity', identityId],
    queryFn: ({ signal }) => request<TrustListAnswer>(`/trusts${toQueryString({ identityId })}`, { signal }),
    select: ({ trusts }) => trusts.map(toStored),
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
export function useSaveTrust() {
  const client = useQueryClient()
  type Saved = { place: TrustPlace; input: TrustInput | StandaloneTrustInput; version: number | null }
  return useMutation({
    mutationFn: async ({ place, input, version }: Saved) =>
      toStored(
        version === null
          ? await request<TrustAnswer>(makerOf(place), { method: 'POST', body: input })
          : await request<TrustAnswer>(pathOf(place), { method: 'PUT', body: input, ifMatch: version }),
      ),
    onSuccess: (trust, { place }) => {
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

/** An answer's trust under our own names. The server has validated it, and its type says so. */
const toStored = (answer: TrustAnswer) => withOwnNames(answer) as StoredTrust

/** Path where a trust is created: an identity has one of each kind, under its own path. */
const makerOf = (place: TrustPlace) => ('identityId' in place ? pathOf(place) : '/trusts')

const pathOf = (place: TrustPlace) =>
  'identityId' in place
    ? `/identities/${encodeURIComponent(place.identityId)}/trusts/${place.kind}`
    : `/trusts/${encodeURIComponent(place.trustId ?? '')}`

/** Other queries that show trusts; the edited one is set by its answer. */
const refreshAround = (client: ReturnType<typeof useQueryClient>) =>
  Promise.all(
    [trustKeys.all(), identityKeys.root, tokenKeys.root, ['posture'], ['overview'], ['audit']].map((queryKey) =>
      client.invalidateQueries({ queryKey }),
    ),
  )
