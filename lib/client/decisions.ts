'use client'

import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { DecisionAnswer, DecisionListAnswer, type DecisionSummaryAnswer } from '@/lib/apis/admin/decisions/wire'
import { request } from './http'
import { toQueryString } from './query-string'

export type Decision = DecisionAnswer
export type DecisionSummary = DecisionSummaryAnswer

/** Filter of decisions; times are ISO 8601 with offset. */
export type DecisionFilter = {
  /** Decisions without an organization. */
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

/** Login decisions, newest first, page by page. */
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

/** A decision with its trace; its id is the login's request id. */
export function useDecision(id: string) {
  return useQuery({
    queryKey: decisionKeys.one(id),
    queryFn: ({ signal }) => request(`/decisions/${encodeURIComponent(id)}`, { signal, schema: DecisionAnswer }),
  })
}

/** Whether a request was a login, so that a decision has its id. Uses the list, where absence is no error. */
export function useIsDecision(requestId: string | null) {
  return useQuery({
    queryKey: [...decisionKeys.root, 'is', requestId],
    queryFn: async ({ signal }) => {
      const path = `/decisions${toQueryString({ search: requestId, limit: 1 })}`
      const { decisions } = await request(path, { signal, schema: DecisionListAnswer })
      // A repeated refusal is counted in a row whose id has the same beginning.
      return decisions.some(({ id }) => id === requestId || (id.endsWith('0000') && sharesBeginning(id, requestId)))
    },
    enabled: requestId !== null,
  })
}

const sharesBeginning = (rowId: string, requestId: string | null) => rowId.slice(0, -4) === requestId?.slice(0, -4)
