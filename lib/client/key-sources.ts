'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import {
  KeySourceAnswer,
  type KeySourceDayAnswer,
  type KeySourceEventAnswer,
  type KeySourceKeyAnswer,
  KeySourceListAnswer,
  type KeySourceSummaryAnswer,
} from '@/lib/apis/admin/key-sources/wire'
import { request } from './http'
import { keyKeys } from './keys'

export type KeySourceSummary = KeySourceSummaryAnswer
export type KeySourceDetail = KeySourceAnswer
export type KeySourceKey = KeySourceKeyAnswer
export type KeySourceDay = KeySourceDayAnswer
export type KeySourceEvent = KeySourceEventAnswer

export const keySourceKeys = {
  root: ['key-sources'] as const,
  list: () => [...keySourceKeys.root, 'list'] as const,
  one: (id: string) => [...keySourceKeys.root, 'one', id] as const,
}

const pathOf = (id: string) => `/key-sources/${encodeURIComponent(id)}`

/** Every key source with its state and alarms; asked again while somebody looks. */
export function useKeySources({ enabled = true, everyMs = 30_000 }: { enabled?: boolean; everyMs?: number } = {}) {
  return useQuery({
    queryKey: keySourceKeys.list(),
    queryFn: ({ signal }) => request('/key-sources', { signal, schema: KeySourceListAnswer }),
    enabled,
    refetchInterval: everyMs,
  })
}

/** A source with its keys and timeline. */
export function useKeySource(id: string) {
  return useQuery({
    queryKey: keySourceKeys.one(id),
    queryFn: ({ signal }) => request(pathOf(id), { signal, schema: KeySourceAnswer }),
    refetchInterval: 30_000,
  })
}

/** Fetches a source now; the answer is the source as it is after that. */
export function useFetchKeySource(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => request(`${pathOf(id)}/fetch`, { method: 'POST', schema: KeySourceAnswer }),
    onSuccess(source) {
      client.setQueryData(keySourceKeys.one(id), source)
      return Promise.all([
        client.invalidateQueries({ queryKey: keySourceKeys.list() }),
        client.invalidateQueries({ queryKey: keyKeys.root }),
      ])
    },
  })
}
