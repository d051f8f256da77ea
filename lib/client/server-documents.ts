'use client'

import { useQuery } from '@tanstack/react-query'
import { ApiError, toApiError } from './api-error'
import { meteredFetch } from './token-meter'

type Status = { status: string; version: string; database?: string }

/** Version of the server and kind of database. */
export function useStatus() {
  return useQuery({ queryKey: ['status'], queryFn: ({ signal }) => load<Status>('/api/status', signal) })
}

/** OpenAPI document of every API. It changes only with the server's version. */
export function useOpenApi() {
  return useQuery({
    queryKey: ['openapi'],
    queryFn: ({ signal }) => load<Record<string, unknown>>('/api/openapi.json', signal),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** Fetches a JSON document outside the admin API. @throws {ApiError} */
async function load<T extends object>(path: string, signal: AbortSignal): Promise<T> {
  const response = await meteredFetch(path, { signal, headers: { accept: 'application/json' } }).catch((cause) => {
    if (signal.aborted) throw signal.reason
    throw new ApiError('network', 'The server could not be reached. Check your connection and try again.', { cause })
  })
  const body: unknown = await response.json().catch(() => undefined)
  if (!response.ok) throw toApiError(response.status, response.headers, body, Date.now())
  if (typeof body === 'object' && body !== null) return documentOf(body)
  throw new ApiError('unreadable', `The server’s answer at ${path} has an unexpected form. Reload the page.`, {
    status: response.status,
  })
}

/** The only cast of a document. */
const documentOf = <T extends object>(body: object) => body as T
