'use client'

import { useDeferredValue, useEffect, useState } from 'react'
import type { Verdict } from '@/lib/trust/engine/verdict'
import { verify } from '@/lib/trust/engine/verify'
import type { KeySource, TrustPolicy } from '@/lib/trust/policy'
import type { RemoteKeys } from './use-remote-keys'

/**
 * Returns the engine's verdict on a token and a draft, in this browser, after every change; null without a token. An
 * older result never replaces a newer one.
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
}): Verdict | null {
  const [verdict, setVerdict] = useState<Verdict | null>(null)
  const deferredToken = useDeferredValue(token)
  const deferredPolicy = useDeferredValue(policy)

  // `stamp` is a dependency because it changes with what `keysOf` answers
  useEffect(() => {
    let isStale = false
    if (deferredToken === '' || now === null) {
      setVerdict(null)
      return
    }
    const trust = { ...deferredPolicy, keys: deferredPolicy.keys.map(sameSource) }
    verify({ token: deferredToken, trust, keys: keysOf, now, ip: ip.trim() || null }).then((answer) => {
      if (!isStale) setVerdict(answer)
    })
    return () => {
      isStale = true
    }
  }, [deferredToken, deferredPolicy, keysOf, stamp, now, ip])
  return verdict
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
