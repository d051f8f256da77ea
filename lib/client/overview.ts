'use client'

import { useQuery } from '@tanstack/react-query'
import { OverviewAnswer } from '@/lib/apis/admin/overview/wire'
import { request } from './http'

export type Overview = OverviewAnswer

export const overviewKeys = { root: ['overview'] as const }

/** Counts, logins by day and first steps. Refetched whenever the page is opened. */
export function useOverview() {
  return useQuery({
    queryKey: overviewKeys.root,
    queryFn: ({ signal }) => request('/overview', { signal, schema: OverviewAnswer }),
    staleTime: 0,
  })
}
