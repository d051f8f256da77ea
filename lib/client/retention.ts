'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { RetentionAnswer, type RetentionPatch, type RetentionPeriodAnswer } from '@/lib/apis/admin/retention/wire'
import { request } from './http'

export type RetentionPeriod = RetentionPeriodAnswer

export const retentionKeys = { root: ['retention'] as const }

/** Period of each kind of record, and number of stored records. */
export function useRetention() {
  return useQuery({
    queryKey: retentionKeys.root,
    queryFn: async ({ signal }) => (await request('/retention', { signal, schema: RetentionAnswer })).periods,
    staleTime: 0,
  })
}

export function useSetRetention() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: z.input<typeof RetentionPatch>) =>
      request('/retention', { method: 'PATCH', body, schema: RetentionAnswer }),
    onSuccess: ({ periods }) => {
      client.setQueryData(retentionKeys.root, periods)
      return client.invalidateQueries({ queryKey: ['audit'] })
    },
  })
}
