'use client'

import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { ApiError, type ApiErrorKind } from './api-error'
import { signInHref } from './sign-in-href'

/** Gives every page one cache of what the server said. */
export function QueryProvider({ children }: { children: ReactNode }) {
  const [client] = useState(createQueryClient)
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>
}

/** Reads are retried twice when the server did not answer or failed, never when it refused; writes are never repeated. */
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

/** Whether the same read may succeed a moment later. */
export function isWorthRetrying(failures: number, error: unknown): boolean {
  if (failures >= 2) return false
  return error instanceof ApiError && passing.includes(error.kind)
}

const passing: ApiErrorKind[] = ['network', 'unavailable', 'unexpected']

function leaveWhenSignedOut(error: unknown) {
  if (!(error instanceof ApiError) || error.kind !== 'unauthenticated') return
  const href = signInHref(window.location)
  // A full load, not a soft navigation: nothing of the ended session stays in memory.
  if (href) window.location.assign(href)
}
