'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import type { RetentionAnswer, RetentionPatch, RetentionPeriodAnswer } from '@/lib/apis/admin/retention/wire'
import { request } from './http'

export type RetentionPeriod = RetentionPeriodAnswer

export const retentionKeys = { root: ['retention'] as const }

/** Period of each kind of record, and number of stored records. */
export function useRetention() {
  return useQuery({
    queryKey: retentionKeys.root,
    queryFn: async ({ signal }) => (await request<RetentionAnswer>('/retention', { signal })).periods,
    staleTime: 0,
  })
}

export function useSetRetention() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: z.input<typeof RetentionPatch>) =>
      request<RetentionAnswer>('/retention', { method: 'PATCH', body }),
    onSuccess: ({ periods }) => {
      client.setQueryData(retentionKeys.root, periods)
      return client.invalidateQueries({ queryKey: ['audit'] })
    },
  })
}
