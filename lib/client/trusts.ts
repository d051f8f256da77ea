'use client'

import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { TrustAnswer, type TrustInput, TrustListAnswer } from '@/lib/apis/admin/trusts/wire'
import { ApiError, request } from './http'
import { identityKeys } from './identities'
import { toQueryString } from './query-string'
import { tokenKeys } from './tokens'

export type StoredTrust = TrustAnswer

/** The method by which an identity logs in with somebody else's token. */
export type TrustMethod = 'jwt' | 'oidc'

type Place = { identityId: string; method: TrustMethod }

export const trustKeys = {
  root: ['trusts'] as const,
  one: ({ identityId, method }: Place) => [...trustKeys.root, 'one', identityId, method] as const,
  all: () => [...trustKeys.root, 'all'] as const,
}

/** An identity's trust; null while the method is not set up. */
export function useIdentityTrust(place: Place) {
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

async function findTrust(place: Place, signal?: AbortSignal): Promise<StoredTrust | null> {
  try {
    return await request(pathOf(place), { signal, schema: TrustAnswer })
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null
    throw error
  }
}

/** Every trust of the organization, page after page, for judging a token against all of them. */
export function useAllTrusts() {
  const query = useInfiniteQuery({
    queryKey: trustKeys.all(),
    queryFn: ({ pageParam, signal }) =>
      request(`/trusts${toQueryString({ limit: 200, after: pageParam })}`, { signal, schema: TrustListAnswer }),
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

/** Reads the stored trust anew, past the cache: what a conflicting save is compared with. */
export function useFreshTrust(place: Place) {
  const client = useQueryClient()
  return {
    read: () => findTrust(place),
    /** Takes an answer as the one the editor stands on. */
    adopt: (trust: StoredTrust | null) => client.setQueryData(trustKeys.one(place), trust),
  }
}

/** Attaches the trust, or replaces it: `version` is the one it was made from, null when there is none yet. */
export function useSaveTrust(place: Place) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ input, version }: { input: TrustInput; version: number | null }) =>
      version === null
        ? request(pathOf(place), { method: 'POST', body: input, schema: TrustAnswer })
        : request(pathOf(place), { method: 'PUT', body: input, ifMatch: version, schema: TrustAnswer }),
    onSuccess: (trust) => {
      client.setQueryData(trustKeys.one(place), trust)
      return refreshAround(client)
    },
  })
}

/** Removes the trust; access tokens issued through it stop working at once. */
export function useRemoveTrust(place: Place) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => request<void>(pathOf(place), { method: 'DELETE' }),
    onSuccess: () => {
      client.setQueryData(trustKeys.one(place), null)
      return refreshAround(client)
    },
  })
}

const pathOf = ({ identityId, method }: Place) => `/identities/${encodeURIComponent(identityId)}/trusts/${method}`

/** What else shows trusts; the edited one was set by its own answer. */
const refreshAround = (client: ReturnType<typeof useQueryClient>) =>
  Promise.all(
    [trustKeys.all(), identityKeys.root, tokenKeys.root, ['overview'], ['audit']].map((queryKey) =>
      client.invalidateQueries({ queryKey }),
    ),
  )
