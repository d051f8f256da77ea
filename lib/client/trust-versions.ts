'use client'

import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ComparisonAnswer } from '@/lib/apis/admin/posture/wire'
import type { TrustAnswer, TrustVersionListAnswer } from '@/lib/apis/admin/trusts/wire'
import type { ChangeReasons } from '@/lib/model/change-demands'
import { request } from './http'
import { toQueryString } from './query-string'

export type TrustVersion = TrustVersionListAnswer['versions'][number]
/** A trust as answers name its members, stored now or then. */
export type PublishedTrust = object

const root = ['trust-versions'] as const
const pathOf = (trustId: string) => `/trusts/${encodeURIComponent(trustId)}/versions`

/** The versions of a trust, newest first, page by page. */
export function useTrustVersions(trustId: string) {
  return useInfiniteQuery({
    queryKey: [...root, trustId],
    queryFn: ({ pageParam, signal }) =>
      request<TrustVersionListAnswer>(`${pathOf(trustId)}${toQueryString({ before: pageParam })}`, { signal }),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => next,
    select: ({ pages }) => pages.flatMap(({ versions }) => versions),
    staleTime: 0,
  })
}

/** A trust as it was in a version; not asked for null. */
export function useTrustVersion(trustId: string, version: number | null) {
  return useQuery({
    queryKey: [...root, trustId, version],
    queryFn: ({ signal }) => request<TrustAnswer>(`${pathOf(trustId)}/${version}`, { signal }),
    enabled: version !== null,
  })
}

/** What becomes of one trust when another takes its place: directions, and findings that come and go. */
export function useComparison(before: PublishedTrust | undefined, after: PublishedTrust | undefined) {
  return useQuery({
    queryKey: ['comparison', before, after],
    queryFn: ({ signal }) =>
      request<ComparisonAnswer>('/compare', {
        ...{ method: 'POST', signal },
        body: { before: { trust: before }, after: { trust: after } },
      }),
    enabled: before !== undefined && after !== undefined,
    retry: false,
  })
}

/** Makes a trust again what it was in a version, if it is still at `current`. */
export function useRestoreVersion(trustId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ version, current, said }: { version: number; current: number; said: ChangeReasons }) =>
      request<TrustAnswer>(`${pathOf(trustId)}/${version}/restore`, {
        ...{ method: 'POST', body: said, ifMatch: current },
      }),
    onSettled: () => client.invalidateQueries(),
  })
}
