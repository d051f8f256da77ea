'use client'

import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { ApiError, type ApiErrorKind } from './api-error'
import { signInHref } from './sign-in-href'

/** Provides one cache of server answers to every page. */
export function QueryProvider({ children }: { children: ReactNode }) {
  const [client] = useState(createQueryClient)
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>
}

/** Reads are retried twice after no answer or a server error, never after a refusal; writes are never retried. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: leaveWhenSignedOut }),
    mutationCache: new MutationCache({ onError: leaveWhenSignedOut }),
    defaultOptions: {
      queries: { staleTime: 10_000, retry: isWorthRetrying },
      mutations: { retry: false },
    },
  })
}

/** Whether a repeated read may succeed. */
export function isWorthRetrying(failures: number, error: unknown): boolean {
  if (failures >= 2) return false
  return error instanceof ApiError && passing.includes(error.kind)
}

const passing: ApiErrorKind[] = ['network', 'unavailable', 'unexpected']

function leaveWhenSignedOut(error: unknown) {
  if (!(error instanceof ApiError) || error.kind !== 'unauthenticated') return
  const href = signInHref(window.location)
  // A full load, so that nothing of the ended session stays in memory.
  if (href) window.location.assign(href)
}
