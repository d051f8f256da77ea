'use client'

import { useEffect, useState } from 'react'
import { type KeyLookup, toKeySet, toUnavailable, useKeyLookups } from '@/lib/client/keys'
import { askSources } from '@/lib/trust/engine/checks/key-candidates'
import { type EffectiveKeys, effectiveKeysOf } from '@/lib/trust/engine/effective-keys'
import type { KeySet } from '@/lib/trust/key-sources/key-source'
import { isRemote, type KeySource, type RemoteKeySource, type TrustPolicy } from '@/lib/trust/policy'

/** State of one source's fetch: not requested, under way, or answered. */
export type SourceState =
  | { source: RemoteKeySource; kind: 'unasked' | 'asking' }
  | { source: RemoteKeySource; kind: 'answered'; set: KeySet }

/**
 * Effective keys of a draft, by the server's function. A stored source is fetched at once; one that is being typed
 * shows the result of its button or the tester.
 */
export function useEffectiveKeys(policy: TrustPolicy): { found: EffectiveKeys | null; sources: SourceState[] } {
  const [first] = useState(() => new Set(policy.keys.map(nameOf)))
  const remote = policy.keys.filter(isRemote)
  const lookups = useKeyLookups(remote, (source) => first.has(nameOf(source)))
  const sources = remote.map((source, at) => stateOf(source, lookups[at]))

  const [found, setFound] = useState<EffectiveKeys | null>(null)
  // Policy and answers are new objects at every render; these texts tell whether they changed.
  const stamp = JSON.stringify([
    policy.keys,
    policy.issuer,
    policy.keyUse,
    lookups.map(({ dataUpdatedAt, errorUpdatedAt }) => [dataUpdatedAt, errorUpdatedAt]),
  ])
  useEffect(() => {
    let isStale = false
    const sets = new Map(
      sources.map((state) => [nameOf(state.source), state.kind === 'answered' ? state.set : unavailable]),
    )
    askSources(policy.keys, async (source) => sets.get(nameOf(source)) ?? unavailable, { kid: null, alg: '' }).then(
      (asked) => {
        if (!isStale) setFound(effectiveKeysOf(policy, asked, Date.now() / 1000))
      },
    )
    return () => {
      isStale = true
    }
  }, [stamp])
  return { found, sources }
}

function stateOf(
  source: RemoteKeySource,
  lookup: { data: KeyLookup | undefined; error: unknown; isFetching: boolean } | undefined,
): SourceState {
  if (lookup?.data) return { source, kind: 'answered', set: toKeySet(lookup.data) }
  if (lookup?.error) return { source, kind: 'answered', set: toUnavailable(lookup.error) }
  return { source, kind: lookup?.isFetching ? 'asking' : 'unasked' }
}

const unavailable: KeySet = {
  status: 'unavailable',
  reason: 'unreachable',
  message: 'The keys are not fetched yet.',
  fix: 'Fetch them.',
}

const nameOf = (source: KeySource) => JSON.stringify(source)
