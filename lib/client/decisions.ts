'use client'

import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { DecisionAnswer, DecisionListAnswer, type DecisionSummaryAnswer } from '@/lib/apis/admin/decisions/wire'
import { request } from './http'
import { toQueryString } from './query-string'

export type Decision = DecisionAnswer
export type DecisionSummary = DecisionSummaryAnswer

/** Which decisions; an instant is ISO 8601 with its offset. */
export type DecisionFilter = {
  /** Those that belong to no organization. */
  owner?: 'none'
  accepted?: 'true' | 'false'
  method?: string
  identityId?: string
  reason?: string
  search?: string
  from?: string
  to?: string
}

export const decisionKeys = {
  root: ['decisions'] as const,
  list: (filter: DecisionFilter) => [...decisionKeys.root, 'list', filter] as const,
  one: (id: string) => [...decisionKeys.root, 'one', id] as const,
}

/** Login decisions, newest first, a page at a time. */
export function useDecisions(filter: DecisionFilter) {
  return useInfiniteQuery({
    queryKey: decisionKeys.list(filter),
    queryFn: ({ pageParam, signal }) =>
      request(`/decisions${toQueryString({ ...filter, cursor: pageParam })}`, { signal, schema: DecisionListAnswer }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    select: ({ pages }) => ({
      rows: pages.flatMap(({ decisions }) => decisions),
      lookedBackTo: pages.at(-1)?.lookedBackTo ?? null,
    }),
    staleTime: 0,
  })
}

/** A decision with its whole trace; its id is the request id the caller of the login was given. */
export function useDecision(id: string) {
  return useQuery({
    queryKey: decisionKeys.one(id),
    queryFn: ({ signal }) => request(`/decisions/${encodeURIComponent(id)}`, { signal, schema: DecisionAnswer }),
  })
}

/** Whether a request was a login, so that its id has a decision. Asked of the list: not being one is no failure. */
export function useIsDecision(requestId: string | null) {
  return useQuery({
    queryKey: [...decisionKeys.root, 'is', requestId],
    queryFn: async ({ signal }) => {
      const path = `/decisions${toQueryString({ search: requestId, limit: 1 })}`
      const { decisions } = await request(path, { signal, schema: DecisionListAnswer })
      // A refusal that repeats is counted into a row with an id that begins like its own.
      return decisions.some(({ id }) => id === requestId || (id.endsWith('0000') && sharesBeginning(id, requestId)))
    },
    enabled: requestId !== null,
  })
}

const sharesBeginning = (rowId: string, requestId: string | null) => rowId.slice(0, -4) === requestId?.slice(0, -4)
