'use client'

import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type {
  DecisionAnswer,
  DecisionListAnswer,
  DecisionSummaryAnswer,
  ReplayAnswer,
} from '@/lib/apis/admin/decisions/wire'
import { request } from './http'
import { toQueryString } from './query-string'

export type Decision = DecisionAnswer
export type DecisionSummary = DecisionSummaryAnswer
export type Replay = ReplayAnswer

/** Filter of decisions; times are ISO 8601 with offset. */
export type DecisionFilter = {
  /** Decisions without an organization. */
  owner?: 'none'
  accepted?: 'true' | 'false'
  method?: string
  identityId?: string
  trustId?: string
  reason?: string
  search?: string
  /** Of the token's header, whole. */
  kid?: string
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
      request<DecisionListAnswer>(`/decisions${toQueryString({ ...filter, cursor: pageParam })}`, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    select: ({ pages }) => ({
      rows: pages.flatMap(({ decisions }) => decisions),
      lookedBackTo: pages.at(-1)?.lookedBackTo ?? null,
      behindSeconds: pages[0]?.behindSeconds ?? null,
    }),
    staleTime: 0,
  })
}

/** Decisions that are read at most for the days of an identity. */
export const lastMax = 200

/** The last decisions of an identity, newest first; `isAll` where it has no more. */
export function useLastDecisions(identityId: string) {
  return useQuery({
    queryKey: [...decisionKeys.root, 'last', identityId],
    queryFn: async ({ signal }) => {
      const path = `/decisions${toQueryString({ identityId, limit: lastMax })}`
      const { decisions, next } = await request<DecisionListAnswer>(path, { signal })
      return { rows: decisions, isAll: next === null }
    },
  })
}

/** Pause between two looks for a login that is waited for. */
const arrivalPauseMs = 2000

/** Whose logins are waited for. */
export type Awaited = { identityId: string } | { trustId: string }

/**
 * Looks for logins while the page is seen: the newest first, a repeated refusal by its last time. Each look reads a few
 * rows of one index, so it finds what any server has recorded. @param from ISO 8601: earlier ones do not count
 */
export const useArrivals = (of: Awaited, from: string | null) => useLately('arrivals', of, from)

/** Looks likewise for tokens whose issuer is not known here, which no list of an issuer has. */
export const useStrays = (from: string) => useLately('strays', { owner: 'none', reason: 'issuer_not_found' }, from)

function useLately(name: string, filter: DecisionFilter, from: string | null) {
  return useQuery({
    queryKey: [...decisionKeys.root, name, filter, from],
    queryFn: async ({ signal }) => {
      const path = `/decisions${toQueryString({ ...filter, limit: 5 })}`
      const { decisions } = await request<DecisionListAnswer>(path, { signal })
      return decisions
        .filter((decision) => from === null || lastOf(decision) >= from)
        .toSorted((one, other) => (lastOf(one) < lastOf(other) ? 1 : -1))
    },
    refetchInterval: arrivalPauseMs,
    staleTime: 0,
  })
}

const lastOf = ({ lastAt, at }: DecisionSummary) => lastAt ?? at

/** A decision with its trace; its id is the login's request id. */
export function useDecision(id: string) {
  return useQuery({
    queryKey: decisionKeys.one(id),
    queryFn: ({ signal }) => request<DecisionAnswer>(`/decisions/${encodeURIComponent(id)}`, { signal }),
  })
}

/** The last refused login of an identity, whole; null where none is kept. */
export function useLastRefused(identityId: string) {
  return useQuery({
    queryKey: [...decisionKeys.root, 'last refused', identityId],
    async queryFn({ signal }) {
      const path = `/decisions${toQueryString({ identityId, accepted: 'false', limit: 1 })}`
      const [last] = (await request<DecisionListAnswer>(path, { signal })).decisions
      return last ? request<DecisionAnswer>(`/decisions/${encodeURIComponent(last.id)}`, { signal }) : null
    },
    staleTime: 0,
  })
}

/** The claims of a decision, judged again; null = not asked for. */
export function useReplay(id: string | null) {
  return useQuery({
    queryKey: [...decisionKeys.root, 'replay', id],
    queryFn: ({ signal }) => request<ReplayAnswer>(`/decisions/${encodeURIComponent(id ?? '')}/replay`, { signal }),
    enabled: id !== null,
    staleTime: 0,
  })
}

/** Whether a request was a login, so that a decision has its id. Uses the list, where absence is no error. */
export function useIsDecision(requestId: string | null) {
  return useQuery({
    queryKey: [...decisionKeys.root, 'is', requestId],
    queryFn: async ({ signal }) => {
      const path = `/decisions${toQueryString({ search: requestId, limit: 1 })}`
      const { decisions } = await request<DecisionListAnswer>(path, { signal })
      // A repeated refusal is counted in a row whose id has the same beginning.
      return decisions.some(({ id }) => id === requestId || (id.endsWith('0000') && sharesBeginning(id, requestId)))
    },
    enabled: requestId !== null,
  })
}

const sharesBeginning = (rowId: string, requestId: string | null) => rowId.slice(0, -4) === requestId?.slice(0, -4)
