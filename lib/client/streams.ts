'use client'

import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import type {
  CreatedStreamAnswer,
  DeliveryAnswer,
  DeliveryListAnswer,
  StreamAnswer,
  StreamListAnswer,
  StreamSecretAnswer,
  StreamTestAnswer,
} from '@/lib/apis/admin/streams/wire'
import type { StreamInput } from '@/lib/model/stream'
import { request } from './http'
import { toQueryString } from './query-string'
import { useInvalidate } from './use-invalidate'

export type Stream = StreamAnswer
export type Delivery = DeliveryAnswer

const streamKeys = {
  root: ['streams'] as const,
  one: (id: string) => [...streamKeys.root, 'one', id] as const,
}
const pathOf = (id: string) => `/streams/${encodeURIComponent(id)}`

/** What a receiver has taken changes while the page is looked at. */
const refreshMs = 5_000

export function useStreams({ isLive = false } = {}) {
  return useQuery({
    queryKey: [...streamKeys.root, 'list'],
    queryFn: ({ signal }) => request<StreamListAnswer>('/streams', { signal }),
    refetchInterval: isLive ? refreshMs : false,
  })
}

export function useStream(id: string) {
  return useQuery({
    queryKey: streamKeys.one(id),
    queryFn: ({ signal }) => request<StreamAnswer>(pathOf(id), { signal }),
    refetchInterval: refreshMs,
  })
}

/** The last requests of a stream, newest first, page by page. */
export function useDeliveries(id: string) {
  return useInfiniteQuery({
    queryKey: [...streamKeys.one(id), 'deliveries'],
    queryFn: ({ pageParam, signal }) =>
      request<DeliveryListAnswer>(`${pathOf(id)}/deliveries${toQueryString({ limit: 20, before: pageParam })}`, {
        signal,
      }),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => next,
    select: ({ pages }) => pages.flatMap(({ deliveries }) => deliveries),
    refetchInterval: refreshMs,
  })
}

export function useCreateStream() {
  const refresh = useInvalidate(streamKeys.root)
  return useMutation({
    mutationFn: (body: StreamInput) => request<CreatedStreamAnswer>('/streams', { method: 'POST', body }),
    onSuccess: refresh,
    // The secret is in the answer.
    gcTime: 0,
  })
}

export function useUpdateStream({ id, version }: Pick<Stream, 'id' | 'version'>) {
  const refresh = useInvalidate(streamKeys.root)
  return useMutation({
    mutationFn: (body: StreamInput) =>
      request<StreamAnswer>(pathOf(id), { method: 'PATCH', body: { ...body, version } }),
    onSuccess: refresh,
  })
}

export function useRemoveStream() {
  const refresh = useInvalidate(streamKeys.root)
  return useMutation({
    mutationFn: (id: string) => request(pathOf(id), { method: 'DELETE' }),
    onSuccess: refresh,
  })
}

export function usePauseStream(id: string) {
  const refresh = useInvalidate(streamKeys.root)
  return useMutation({
    mutationFn: () => request<StreamAnswer>(`${pathOf(id)}/pause`, { method: 'POST' }),
    onSuccess: refresh,
  })
}

export function useResumeStream(id: string) {
  const refresh = useInvalidate(streamKeys.root)
  return useMutation({
    mutationFn: (from: 'where-it-was' | 'now') =>
      request<StreamAnswer>(`${pathOf(id)}/resume`, { method: 'POST', body: { from } }),
    onSuccess: refresh,
  })
}

export function useTestStream(id: string) {
  const refresh = useInvalidate(streamKeys.root)
  return useMutation({
    mutationFn: () => request<StreamTestAnswer>(`${pathOf(id)}/test`, { method: 'POST' }),
    onSuccess: refresh,
  })
}

export function useRenewStreamSecret(id: string) {
  const refresh = useInvalidate(streamKeys.root)
  return useMutation({
    mutationFn: () => request<StreamSecretAnswer>(`${pathOf(id)}/secret`, { method: 'POST' }),
    onSuccess: refresh,
    // The secret is in the answer.
    gcTime: 0,
  })
}
