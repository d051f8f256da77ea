'use client'

import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type {
  AlarmCountAnswer,
  KeySourceAnswer,
  KeySourceDayAnswer,
  KeySourceEventAnswer,
  KeySourceKeyAnswer,
  KeySourceListAnswer,
  KeySourceSummaryAnswer,
} from '@/lib/apis/admin/key-sources/wire'
import { request } from './http'
import { keyKeys } from './keys'
import { toQueryString } from './query-string'

export type KeySourceSummary = KeySourceSummaryAnswer
export type KeySourceDetail = KeySourceAnswer
export type KeySourceKey = KeySourceKeyAnswer
export type KeySourceDay = KeySourceDayAnswer
export type KeySourceEvent = KeySourceEventAnswer

export const keySourceKeys = {
  root: ['key-sources'] as const,
  list: () => [...keySourceKeys.root, 'list'] as const,
  one: (id: string) => [...keySourceKeys.root, 'one', id] as const,
}

const pathOf = (id: string) => `/key-sources/${encodeURIComponent(id)}`

export type KeySourceFilter = {
  /** Whole id, or part of the URL. */
  search?: string
  /** Only sources that had an alarm at their last check. */
  alarms?: 'true'
  /** With the days of each. */
  strip?: 'true'
}

const pageSize = 50

/** Key sources with state and alarms, as many as were loaded; refetched every 30 seconds while the page is visible. */
export function useKeySources(filter: KeySourceFilter = {}) {
  return useInfiniteQuery({
    queryKey: [...keySourceKeys.list(), filter],
    queryFn: ({ pageParam, signal }) =>
      request<KeySourceListAnswer>(`/key-sources${toQueryString({ ...filter, limit: pageSize, cursor: pageParam })}`, {
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    select: ({ pages }) => ({
      sources: pages.flatMap(({ sources }) => sources),
      total: pages[0]?.isMore ? undefined : (pages[0]?.total ?? undefined),
      comparedRows: pages.at(-1)?.comparedRows ?? null,
    }),
    refetchInterval: 30_000,
  })
}

/** Number of alarms of key sources, shown on every page. */
export function useAlarmCount({ enabled }: { enabled: boolean }) {
  return useQuery({
    queryKey: [...keySourceKeys.list(), 'alarms'],
    queryFn: async ({ signal }) => (await request<AlarmCountAnswer>('/key-sources/alarms', { signal })).alarmCount,
    enabled,
    refetchInterval: 300_000,
  })
}

/** A source with its keys and history. */
export function useKeySource(id: string) {
  return useQuery({
    queryKey: keySourceKeys.one(id),
    queryFn: ({ signal }) => request<KeySourceAnswer>(pathOf(id), { signal }),
    refetchInterval: 30_000,
  })
}

/** Fetches a source now; the answer is its new state. */
export function useFetchKeySource(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => request<KeySourceAnswer>(`${pathOf(id)}/fetch`, { method: 'POST' }),
    onSuccess(source) {
      client.setQueryData(keySourceKeys.one(id), source)
      return Promise.all([
        client.invalidateQueries({ queryKey: keySourceKeys.list() }),
        client.invalidateQueries({ queryKey: keyKeys.root }),
      ])
    },
  })
}
