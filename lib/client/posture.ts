'use client'

import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type {
  MuteAnswer,
  MuteInput,
  PostureAnswer,
  PostureTrustAnswer,
  TrustPostureAnswer,
} from '@/lib/apis/admin/posture/wire'
import type { StandaloneKind } from '@/lib/trust/kinds'
import type { Severity } from '@/lib/trust/posture/finding'
import { request } from './http'
import { toQueryString } from './query-string'
import { useInvalidate } from './use-invalidate'

export type Posture = PostureAnswer
export type PostureTrust = PostureTrustAnswer
export type TrustPosture = TrustPostureAnswer

export type PostureFilter = {
  severity?: Severity
  rule?: string
  method?: string
  /** `true`: trusts with a muted finding. */
  muted?: 'true'
}

export const postureKeys = {
  root: ['posture'] as const,
  list: (filter: PostureFilter) => [...postureKeys.root, 'list', filter] as const,
  one: (trustId: string) => [...postureKeys.root, 'one', trustId] as const,
}

/** How often a list is read anew while trusts of it are being judged in the background. */
const unfinishedPauseMs = 10_000

const isUnfinished = ({ unjudged, trusts }: Posture) => unjudged > 0 || trusts.some(({ isPartial }) => isPartial)

/** The organization's posture, and the trusts that pass a filter, worst first, as many as were loaded. */
export function usePosture(filter: PostureFilter = {}, limit = 50) {
  return useInfiniteQuery({
    queryKey: [...postureKeys.list(filter), limit],
    queryFn: ({ pageParam, signal }) =>
      request<PostureAnswer>(`/posture${toQueryString({ ...filter, limit, cursor: pageParam })}`, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    refetchInterval: ({ state }) => (state.data?.pages.some(isUnfinished) ? unfinishedPauseMs : false),
    select: ({ pages }) => {
      const [first] = pages
      return first && { ...first, trusts: pages.flatMap(({ trusts }) => trusts) }
    },
  })
}

/** Trusts with their posture, by the id of their identity; undefined while it is loaded. */
export function usePostureOfIdentities(
  identityIds: readonly string[],
): ReadonlyMap<string, PostureTrust[]> | undefined {
  const { data } = useQuery({
    queryKey: [...postureKeys.root, 'identities', identityIds],
    queryFn: ({ signal }) =>
      request<PostureAnswer>(`/posture${toQueryString({ identityIds: identityIds.join(','), limit: 100 })}`, {
        signal,
      }),
    refetchInterval: ({ state }) => (state.data && isUnfinished(state.data) ? unfinishedPauseMs : false),
    enabled: identityIds.length > 0,
  })
  return useMemo(() => data && grouped(data.trusts, ({ identityId }) => identityId ?? ''), [data])
}

/** Trusts of a kind with their posture, by their id; undefined while it is loaded. Of very many the worst. */
export function usePostureOfKind(method: StandaloneKind): ReadonlyMap<string, PostureTrust[]> | undefined {
  const { data } = usePosture({ method }, 100)
  return useMemo(() => data && grouped(data.trusts, ({ id }) => id), [data])
}

/** The posture of one stored trust: findings with fixes, strangers, mutes. */
export function useTrustPosture(trustId: string | null) {
  return useQuery({
    queryKey: postureKeys.one(trustId ?? ''),
    queryFn: ({ signal }) => request<TrustPostureAnswer>(pathOf(trustId ?? ''), { signal }),
    enabled: trustId !== null,
  })
}

/** Accepts the findings of a rule on a trust for a time. */
export function useMuteFinding(trustId: string) {
  const refresh = useInvalidate(postureKeys.root, ['audit'])
  return useMutation({
    mutationFn: (body: MuteInput) =>
      request<MuteAnswer>(`/trusts/${encodeURIComponent(trustId)}/mutes`, { method: 'POST', body }),
    onSuccess: refresh,
  })
}

/** Ends a mute before its time. */
export function useUnmuteFinding(trustId: string) {
  const refresh = useInvalidate(postureKeys.root, ['audit'])
  return useMutation({
    mutationFn: (rule: string) =>
      request<void>(`/trusts/${encodeURIComponent(trustId)}/mutes/${encodeURIComponent(rule)}`, { method: 'DELETE' }),
    onSuccess: refresh,
  })
}

function grouped(trusts: readonly PostureTrust[], keyOf: (trust: PostureTrust) => string): Map<string, PostureTrust[]> {
  const groups = new Map<string, PostureTrust[]>()
  for (const trust of trusts) groups.set(keyOf(trust), [...(groups.get(keyOf(trust)) ?? []), trust])
  return groups
}

const pathOf = (trustId: string) => `/trusts/${encodeURIComponent(trustId)}/posture`
