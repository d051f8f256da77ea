'use client'

import { useEffect, useRef, useState } from 'react'
import { toKeySet, toUnavailable, useAskAgain, useKeyLookups } from '@/lib/client/keys'
import type { KeyRequest } from '@/lib/trust/engine/checks/key-candidates'
import type { KeySet } from '@/lib/trust/key-sources/key-source'
import { isRemote, type KeySource, type RemoteKeySource } from '@/lib/trust/policy'

/** How long a URL must rest before it is asked for, in milliseconds: nobody means a half-typed one. */
const pauseMs = 800

/** As often as the server would fetch for it anyway. */
const againMs = 30_000

export type RemoteKeys = {
  /**
   * What a source answered; it may be called at any time. `again`, which the engine says when no key verifies a token, has
   * the server asked once more, as a login does: the issuer may have rotated its key. Nothing of the token is sent.
   */
  keysOf: (source: RemoteKeySource, wanted?: Pick<KeyRequest, 'again'>) => Promise<KeySet>
  /** Changes when an answer does. */
  stamp: string
  /** A source is being asked, or will be after the pause. */
  isPending: boolean
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
