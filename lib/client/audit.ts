'use client'

import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { AuditEntryAnswer, AuditListAnswer, type AuditSummaryAnswer } from '@/lib/apis/admin/audit/wire'
import { request } from './http'
import { toQueryString } from './query-string'

export type AuditEntry = AuditEntryAnswer
export type AuditSummary = AuditSummaryAnswer

/** Filter of entries; times are ISO 8601 with offset. */
export type AuditFilter = {
  /** Entries without an organization. */
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

/** Audit entries, newest first, page by page. */
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

/** One entry with the state before and after. */
export function useAuditEntry(id: string) {
  return useQuery({
    queryKey: auditKeys.one(id),
    queryFn: ({ signal }) => request(`/audit/${encodeURIComponent(id)}`, { signal, schema: AuditEntryAnswer }),
  })
}
