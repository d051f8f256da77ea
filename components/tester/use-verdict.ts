'use client'

import { useDeferredValue, useEffect, useState } from 'react'
import { lazyPart } from '@/components/ui/lazy-part'
import type { Verdict } from '@/lib/trust/engine/verdict'
import type { KeySource, TrustPolicy } from '@/lib/trust/policy'
import type { RemoteKeys } from './use-remote-keys'

const engine = lazyPart(() => import('@/lib/trust/engine/verify'))

/** Begins to load the engine, where a token is likely to come. */
export const preloadEngine = () => void engine.load().catch(() => {})

/**
 * Returns the engine's verdict on a token and a draft, in this browser, after every change; null without a token. An
 * older result never replaces a newer one. Where the engine could not be loaded, `retry` loads it again; else it is null.
 */
export function useVerdict({
  token,
  policy,
  keys: { keysOf, stamp },
  now,
  ip,
}: {
  token: string
  policy: TrustPolicy
  keys: RemoteKeys
  now: number | null
  ip: string
}): { verdict: Verdict | null; retry: (() => void) | null } {
  const [hasFailed, setHasFailed] = useState(false)
  const [turn, setTurn] = useState(0)
  const [verdict, setVerdict] = useState<Verdict | null>(null)
  const deferredToken = useDeferredValue(token)
  const deferredPolicy = useDeferredValue(policy)

  // `stamp` is a dependency because it changes with what `keysOf` answers, `turn` because it changes with every retry
  useEffect(() => {
    let isStale = false
    if (deferredToken === '' || now === null) {
      setVerdict(null)
      return
    }
    const trust = { ...deferredPolicy, keys: deferredPolicy.keys.map(sameSource) }
    engine.load().then(
      async ({ verify }) => {
        const answer = await verify({ token: deferredToken, trust, keys: keysOf, now, ip: ip.trim() || null })
        if (isStale) return
        setVerdict(answer)
        setHasFailed(false)
      },
      () => !isStale && setHasFailed(true),
    )
    return () => {
      isStale = true
    }
  }, [deferredToken, deferredPolicy, keysOf, stamp, now, ip, turn])
  return { verdict, retry: hasFailed ? () => setTurn(turn + 1) : null }
}

// The engine caches sources by object, and a form makes new objects at every keystroke.
const sources = new Map<string, KeySource>()
const sourcesMax = 200

function sameSource(source: KeySource): KeySource {
  const name = JSON.stringify(source)
  const known = sources.get(name)
  if (known) return known
  if (sources.size >= sourcesMax) sources.clear()
  sources.set(name, source)
  return source
}
