'use client'

import { useMutation, useQueries, useQueryClient } from '@tanstack/react-query'
import { KeyLookupAnswer, type KeyLookupInput } from '@/lib/apis/admin/keys/wire'
import type { KeySet } from '@/lib/trust/key-sources/key-source'
import type { RemoteKeySource } from '@/lib/trust/policy'
import { ApiError, request } from './http'

export type KeyLookup = KeyLookupAnswer

export const keyKeys = {
  root: ['keys'] as const,
  /** Blanks around a certificate are kept with a trust, but make no other source of it. */
  source: ({ kind, url, caCert }: RemoteKeySource) => [...keyKeys.root, kind, url, caCert.trim()] as const,
}

/**
 * The keys of each source, from our server, which fetches and keeps them. Never takes a token. Answers in the order of
 * `sources`; one that `isWanted` refuses (a URL still being typed) is not asked for, but shows what is known of it.
 */
export function useKeyLookups(
  sources: readonly RemoteKeySource[],
  isWanted: (source: RemoteKeySource) => boolean = () => true,
) {
  return useQueries({
    queries: sources.map((source) => ({
      queryKey: keyKeys.source(source),
      enabled: isWanted(source),
      queryFn: ({ signal }: { signal: AbortSignal }) => lookUp(source, {}, signal),
      staleTime: 60_000,
      retry: false,
    })),
  })
}

/**
 * Fetches a source's keys now, whatever is cached; every tester that judges by this source gets them too. Where that fails
 * they get what the server judges by from then on: its last good keys, as long as it has some.
 */
export function useFetchKeys() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (source: RemoteKeySource) => {
      const fetched = await lookUp(source, { fresh: true })
      return fetched.keySet.status === 'ok' ? fetched : lookUp(source, {})
    },
    onSuccess: (answer, source) => client.setQueryData(keyKeys.source(source), answer),
  })
}

/**
 * Asks for a source's keys because none of them verifies a token. The server fetches them as seldom as it would
 * for such tokens at the login. Nothing of the token is sent.
 */
export function useAskAgain() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (source: RemoteKeySource) => lookUp(source, { isKeyMissing: true }),
    onSuccess(answer, source) {
      // What only a fetch of our own tells stays as it was.
      client.setQueryData<KeyLookup>(keyKeys.source(source), (known) => ({
        ...answer,
        tls: known?.tls,
        discovery: known?.discovery,
      }))
    },
  })
}

/** What the engine takes for the answer of a source. The same answer gives the same object, so keys are read once. */
export function toKeySet(answer: KeyLookup): KeySet {
  const known = keySets.get(answer.keySet)
  if (known) return known
  const set = asKeySet(answer.keySet)
  keySets.set(answer.keySet, set)
  return set
}

const keySets = new WeakMap<KeyLookup['keySet'], KeySet>()

/** The one cast: reasons of a failure come as text, and no JSON number of a key set is beyond what JSON.parse reads. */
const asKeySet = (set: KeyLookup['keySet']) => set as KeySet

/** A look-up that did not come through, as the engine hears of a source it cannot reach. */
export function toUnavailable(error: unknown): KeySet {
  const message = error instanceof ApiError ? error.message : 'The keys could not be asked of the server.'
  return { status: 'unavailable', reason: 'unreachable', message, fix: 'Fetch the keys again in a moment.' }
}

const lookUp = (source: RemoteKeySource, how: Omit<KeyLookupInput, 'source'>, signal?: AbortSignal) =>
  request('/keys/lookup', { method: 'POST', body: { source, ...how }, signal, schema: KeyLookupAnswer })
