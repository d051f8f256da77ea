'use client'

import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import type {
  IncidentAnswer,
  IncidentDetailAnswer,
  IncidentListAnswer,
  IncidentRefusalsAnswer,
} from '@/lib/apis/admin/incidents/wire'
import type { IncidentState } from '@/lib/model/incident'
import { request } from './http'
import { toQueryString } from './query-string'
import { useInvalidate } from './use-invalidate'

export type Incident = IncidentAnswer
export type IncidentDetail = IncidentDetailAnswer

export type IncidentFilter = {
  /** Attempts that match no identity. */
  owner?: 'none'
  state?: IncidentState
  identityId?: string
  reason?: string
}

const incidentKeys = {
  root: ['incidents'] as const,
  list: (filter: IncidentFilter) => [...incidentKeys.root, 'list', filter] as const,
  one: (id: string) => [...incidentKeys.root, 'one', id] as const,
}

/** Incidents by their last refusal, newest first, page by page. */
export function useIncidents(filter: IncidentFilter) {
  return useInfiniteQuery({
    queryKey: incidentKeys.list(filter),
    queryFn: ({ pageParam, signal }) =>
      request<IncidentListAnswer>(`/incidents${toQueryString({ ...filter, cursor: pageParam })}`, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    select: ({ pages }) => ({
      rows: pages.flatMap(({ incidents }) => incidents),
      lookedBackTo: pages.at(-1)?.lookedBackTo ?? null,
      behindSeconds: pages[0]?.behindSeconds ?? null,
    }),
    staleTime: 0,
  })
}

/** The newest open incidents, of all reasons or of one. */
export function useOpenIncidents(
  limit: number,
  { reason, enabled = true }: { reason?: string; enabled?: boolean } = {},
) {
  return useQuery({
    enabled,
    queryKey: [...incidentKeys.root, 'open', limit, reason],
    queryFn: ({ signal }) =>
      request<IncidentListAnswer>(`/incidents${toQueryString({ state: 'open', limit, reason })}`, { signal }),
  })
}

export function useIncident(id: string) {
  return useQuery({
    queryKey: incidentKeys.one(id),
    queryFn: ({ signal }) => request<IncidentDetailAnswer>(`/incidents/${encodeURIComponent(id)}`, { signal }),
  })
}

/** Recorded refusals of an incident, newest first, page by page. */
export function useIncidentRefusals(id: string) {
  return useInfiniteQuery({
    queryKey: [...incidentKeys.one(id), 'refusals'],
    queryFn: ({ pageParam, signal }) =>
      request<IncidentRefusalsAnswer>(
        `/incidents/${encodeURIComponent(id)}/refusals${toQueryString({ cursor: pageParam })}`,
        {
          signal,
        },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    select: ({ pages }) => pages.flatMap(({ decisions }) => decisions),
  })
}

/** Sets the state of an incident, as it was read. */
export function useSetIncidentState({ id, version }: Pick<Incident, 'id' | 'version'>) {
  const refresh = useInvalidate(incidentKeys.root)
  return useMutation({
    mutationFn: (body: { state: IncidentState; note: string | null }) =>
      request<IncidentAnswer>(`/incidents/${encodeURIComponent(id)}`, {
        method: 'PATCH',
        body: { ...body, version },
      }),
    onSuccess: refresh,
  })
}
