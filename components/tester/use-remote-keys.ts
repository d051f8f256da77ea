'use client'

import { useEffect, useRef, useState } from 'react'
import { toKeySet, toUnavailable, useAskAgain, useKeyLookups } from '@/lib/client/keys'
import type { KeyRequest } from '@/lib/trust/engine/checks/key-candidates'
import type { KeySet } from '@/lib/trust/key-sources/key-source'
import { isRemote, type KeySource, type RemoteKeySource } from '@/lib/trust/policy'

/** Pause in typing before a URL is fetched, in milliseconds. */
const pauseMs = 800

/** The server's own cool-down. */
const againMs = 30_000

export type RemoteKeys = {
  /**
   * Returns what a source answered; may be called at any time. `again`, which the engine passes when no key verifies a
   * token, has the server fetch once more, as a login does. Nothing of the token is sent.
   */
  keysOf: (source: RemoteKeySource, wanted?: Pick<KeyRequest, 'again'>) => Promise<KeySet>
  /** Changes with every answer. */
  stamp: string
  /** Whether a request is under way or scheduled. */
  isPending: boolean
}

/** Keys of sources, from the server. Requested only while `isActive`, after a pause in typing. */
export function useRemoteKeys(sources: readonly KeySource[], isActive: boolean): RemoteKeys {
  const remote = distinct(sources.filter(isRemote))
  const all = remote.map(nameOf).join('\n')
  const [settled, setSettled] = useState(all)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(all), pauseMs)
    return () => clearTimeout(timer)
  }, [all])

  const rested = new Set(settled.split('\n'))
  const lookups = useKeyLookups(remote, (source) => isActive && rested.has(nameOf(source)))
  const sets = new Map<string, KeySet>()
  for (const [at, source] of remote.entries()) {
    const lookup = lookups[at]
    if (lookup?.data) sets.set(nameOf(source), toKeySet(lookup.data))
    else if (lookup?.error) sets.set(nameOf(source), toUnavailable(lookup.error))
  }
  const latest = useRef(sets)
  useEffect(() => {
    latest.current = sets
  })
  const { mutate: askAgain } = useAskAgain()
  const askedAt = useRef(new Map<string, number>())
  const [keysOf] = useState(() => async (source: RemoteKeySource, wanted?: Pick<KeyRequest, 'again'>) => {
    const name = nameOf(source)
    const set = latest.current.get(name)
    const isDue = performance.now() - (askedAt.current.get(name) ?? Number.NEGATIVE_INFINITY) >= againMs
    if (wanted?.again && set?.status === 'ok' && isDue) {
      askedAt.current.set(name, performance.now())
      askAgain(source)
    }
    return set ?? notYet
  })
  return {
    keysOf,
    stamp: `${all} ${lookups.map(({ dataUpdatedAt, errorUpdatedAt }) => `${dataUpdatedAt}/${errorUpdatedAt}`).join()}`,
    isPending: isActive && sets.size < remote.length,
  }
}

const notYet: KeySet = {
  status: 'unavailable',
  reason: 'unreachable',
  message: 'The keys are not fetched yet.',
  fix: 'Wait a moment, or press "Fetch keys now".',
}

const nameOf = ({ kind, url, caCert }: RemoteKeySource) => JSON.stringify([kind, url, caCert])

const distinct = (sources: readonly RemoteKeySource[]) => [
  ...new Map(sources.map((source) => [nameOf(source), source])).values(),
]
