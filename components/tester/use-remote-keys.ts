'use client'

import { useEffect, useRef, useState } from 'react'
import { toKeySet, toUnavailable, useKeyLookups } from '@/lib/client/keys'
import type { KeySet } from '@/lib/trust/key-sources/key-source'
import { isRemote, type KeySource, type RemoteKeySource } from '@/lib/trust/trust'

/** How long a URL must rest before it is asked for, in milliseconds: nobody means a half-typed one. */
const pauseMs = 800

export type RemoteKeys = {
  /** What a source answered; it may be called at any time. */
  keysOf: (source: RemoteKeySource) => Promise<KeySet>
  /** Changes when an answer does. */
  stamp: string
  /** A source is being asked, or will be after the pause. */
  isPending: boolean
  /** What a source answered so far. */
  known: (source: RemoteKeySource) => KeySet | undefined
}

/** The keys that the server has for these sources. Asked only while `isActive`, and after a pause in typing. */
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
  const [keysOf] = useState(() => async (source: RemoteKeySource) => latest.current.get(nameOf(source)) ?? notYet)
  return {
    keysOf,
    stamp: `${all} ${lookups.map(({ dataUpdatedAt, errorUpdatedAt }) => `${dataUpdatedAt}/${errorUpdatedAt}`).join()}`,
    isPending: isActive && sets.size < remote.length,
    known: (source) => sets.get(nameOf(source)),
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
