'use client'

import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { AuditEntryAnswer, AuditListAnswer, AuditSummaryAnswer } from '@/lib/apis/admin/audit/wire'
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
      request<AuditListAnswer>(`/audit${toQueryString({ ...filter, cursor: pageParam })}`, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    select: ({ pages }) => ({
      rows: pages.flatMap(({ entries }) => entries),
      lookedBackTo: pages.at(-1)?.lookedBackTo ?? null,
      behindSeconds: pages[0]?.behindSeconds ?? null,
    }),
    staleTime: 0,
  })
}

/** One entry with the state before and after. */
export function useAuditEntry(id: string) {
  return useQuery({
    queryKey: auditKeys.one(id),
    queryFn: ({ signal }) => request<AuditEntryAnswer>(`/audit/${encodeURIComponent(id)}`, { signal }),
  })
}
