'use client'

import { useQuery } from '@tanstack/react-query'
import { z } from 'zod'
import { ApiError, toApiError } from './api-error'

const Status = z.looseObject({ status: z.string(), version: z.string(), database: z.string().optional() })

/** Version of the server and kind of database. */
export function useStatus() {
  return useQuery({ queryKey: ['status'], queryFn: ({ signal }) => load('/api/status', Status, signal) })
}

/** OpenAPI document of every API. It changes only with the server's version. */
export function useOpenApi() {
  return useQuery({
    queryKey: ['openapi'],
    queryFn: ({ signal }) => load('/api/openapi.json', z.record(z.string(), z.unknown()), signal),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** Fetches a JSON document outside the admin API. @throws {ApiError} */
async function load<T>(path: string, schema: z.ZodType<T>, signal: AbortSignal): Promise<T> {
  const response = await fetch(path, { signal, headers: { accept: 'application/json' } }).catch((cause) => {
    if (signal.aborted) throw signal.reason
    throw new ApiError('network', 'The server could not be reached. Check your connection and try again.', { cause })
  })
  const body: unknown = await response.json().catch(() => undefined)
  if (!response.ok) throw toApiError(response.status, response.headers, body, Date.now())
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  throw new ApiError('unreadable', `The server’s answer at ${path} has an unexpected form. Reload the page.`, {
    status: response.status,
    cause: parsed.error,
  })
}
