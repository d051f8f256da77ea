'use client'

import { useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import type { KeyLookupAnswer, KeyLookupInput } from '@/lib/apis/admin/keys/wire'
import type { KeySet } from '@/lib/trust/key-sources/key-source'
import type { RemoteKeySource } from '@/lib/trust/policy'
import { ApiError, request } from './http'

export type KeyLookup = KeyLookupAnswer

export const keyKeys = {
  root: ['keys'] as const,
  /** Surrounding white space of a certificate is stored, but is not part of a source's identity. */
  source: ({ kind, url, caCert }: RemoteKeySource) => [...keyKeys.root, kind, url, caCert.trim()] as const,
}

/**
 * Keys of each source, from our server, in the order of `sources`. Sends no token. Sources that `isWanted` refuses (a
 * URL still being typed) are not requested, but show what is known.
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

/** Address of the keys of an issuer, from its discovery document; null asks nothing. Sends no token. */
export const useDiscoveredKeys = (source: RemoteKeySource | null) =>
  useQuery({
    queryKey: [...keyKeys.root, 'discovered', source?.url],
    enabled: source !== null,
    async queryFn({ signal }) {
      if (source === null) return null
      const { discovery, keySet } = await lookUp(source, { fresh: true }, signal)
      return {
        jwksUrl: discovery?.jwksUri ?? null,
        problem: keySet.status === 'unavailable' ? keySet.message : null,
      }
    },
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })

/**
 * Fetches a source's keys now, past the cache, for every tester that uses them. If that fails, they get what the server
 * judges by: its last good keys, if any.
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
 * Refetches a source's keys because none verifies a token, as often as the server would for a login. Sends no token.
 */
export function useAskAgain() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (source: RemoteKeySource) => lookUp(source, { isKeyMissing: true }),
    onSuccess(answer, source) {
      // Facts that only an explicit fetch returns are kept.
      client.setQueryData<KeyLookup>(keyKeys.source(source), (known) => ({
        ...answer,
        tls: known?.tls,
        discovery: known?.discovery,
      }))
    },
  })
}

/** Returns a source's answer for the engine: the same object for the same answer, so that keys are read once. */
export function toKeySet(answer: KeyLookup): KeySet {
  const known = keySets.get(answer.keySet)
  if (known) return known
  const set = asKeySet(answer.keySet)
  keySets.set(answer.keySet, set)
  return set
}

const keySets = new WeakMap<KeyLookup['keySet'], KeySet>()

/** The only cast: failure reasons are strings in JSON, and no number of a key set exceeds JSON.parse's precision. */
const asKeySet = (set: KeyLookup['keySet']) => set as KeySet

/** A failed lookup, as an unreachable source. */
export function toUnavailable(error: unknown): KeySet {
  const message = error instanceof ApiError ? error.message : 'The keys could not be asked of the server.'
  return { status: 'unavailable', reason: 'unreachable', message, fix: 'Fetch the keys again in a moment.' }
}

const lookUp = (source: RemoteKeySource, how: Omit<KeyLookupInput, 'source'>, signal?: AbortSignal) =>
  request<KeyLookupAnswer>('/keys/lookup', { method: 'POST', body: { source, ...how }, signal })
