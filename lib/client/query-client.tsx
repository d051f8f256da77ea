'use client'

import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { ApiError, type ApiErrorKind } from './api-error'
import { canSignInAgain, signInAgain, wouldLoseText } from './sign-in-again'
import { signInHref } from './sign-in-href'

/** Provides one cache of server answers to every page. */
export function QueryProvider({ children }: { children: ReactNode }) {
  const [client] = useState(createQueryClient)
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>
}

/**
 * Reads are retried twice after no answer or a server error, never after a refusal; writes are never retried. Offline,
 * both fail at once: a write that waits for the network would be sent when its author expects it no longer.
 */
function createQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: async (error) => {
        if (!isSignedOut(error)) return
        if (!wouldLoseText()) return leave()
        if (await signInAgain()) await client.invalidateQueries()
      },
    }),
    mutationCache: new MutationCache({
      // Where the page can ask, the request did: declined, what was typed stays.
      onError: (error) => void (isSignedOut(error) && !canSignInAgain() && leave()),
    }),
    defaultOptions: {
      queries: { staleTime: 10_000, retry: isWorthRetrying, networkMode: 'always', refetchOnReconnect: true },
      mutations: { retry: false, networkMode: 'always' },
    },
  })
  return client
}

/** Whether a repeated read may succeed. */
export function isWorthRetrying(failures: number, error: unknown): boolean {
  if (failures >= 2) return false
  return error instanceof ApiError && passing.includes(error.kind)
}

const passing: ApiErrorKind[] = ['network', 'unavailable', 'unexpected']

const isSignedOut = (error: unknown) => error instanceof ApiError && error.kind === 'unauthenticated'

function leave() {
  const href = signInHref(window.location)
  // A full load, so that nothing of the ended session stays in memory.
  if (href) window.location.assign(href)
}
