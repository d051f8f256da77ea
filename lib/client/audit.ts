'use client'

import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { AuditEntryAnswer, AuditListAnswer, type AuditSummaryAnswer } from '@/lib/apis/admin/audit/wire'
import { request } from './http'
import { toQueryString } from './query-string'

export type AuditEntry = AuditEntryAnswer
export type AuditSummary = AuditSummaryAnswer

/** Which entries; an instant is ISO 8601 with its offset. */
export type AuditFilter = {
  /** Those that belong to no organization. */
  owner?: 'none'
  /** `trust.updated`, or the noun alone: `trust`. */
  action?: string
  actorKind?: string
  search?: string
  from?: string
  to?: string
}

export const auditKeys = {
  root: ['audit'] as const,
  list: (filter: AuditFilter) => [...auditKeys.root, 'list', filter] as const,
  one: (id: string) => [...auditKeys.root, 'one', id] as const,
}

/** Acts and sign-ins, newest first, a page at a time. */
export function useAuditEntries(filter: AuditFilter) {
  return useInfiniteQuery({
    queryKey: auditKeys.list(filter),
    queryFn: ({ pageParam, signal }) =>
      request(`/audit${toQueryString({ ...filter, cursor: pageParam })}`, { signal, schema: AuditListAnswer }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    select: ({ pages }) => ({
      rows: pages.flatMap(({ entries }) => entries),
      lookedBackTo: pages.at(-1)?.lookedBackTo ?? null,
    }),
    staleTime: 0,
  })
}

/** An act with what was before and after it. */
export function useAuditEntry(id: string) {
  return useQuery({
    queryKey: auditKeys.one(id),
    queryFn: ({ signal }) => request(`/audit/${encodeURIComponent(id)}`, { signal, schema: AuditEntryAnswer }),
  })
}
