'use client'

import { useQuery } from '@tanstack/react-query'
import type { OverviewAnswer } from '@/lib/apis/admin/overview/wire'
import { request } from './http'

export type Overview = OverviewAnswer

export const overviewKeys = { root: ['overview'] as const }

/** Counts, logins by day and first steps. Refetched whenever the page is opened. */
export function useOverview({ enabled = true } = {}) {
  return useQuery({
    enabled,
    queryKey: overviewKeys.root,
    queryFn: ({ signal }) => request<OverviewAnswer>('/overview', { signal }),
    staleTime: 0,
  })
}
