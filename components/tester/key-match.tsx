'use client'

import { useEffect, useRef, useState } from 'react'
import { Badge } from '@/components/ui/badge'
import { Shown } from '@/components/ui/shown'
import { askSources } from '@/lib/trust/engine/checks/key-candidates'
import { type EffectiveKeys, effectiveKeysOf } from '@/lib/trust/engine/effective-keys'
import type { Verdict } from '@/lib/trust/engine/verdict'
import { kidOf } from '@/lib/trust/keys/jwk'
import type { TrustPolicy } from '@/lib/trust/policy'
import type { RemoteKeys } from './use-remote-keys'

/** Keys that are listed. */
const shownMax = 20

/** The key id of a token beside the keys of the trust: which of them it names, and which verified it. */
export function KeyMatch({ policy, keys, verdict }: { policy: TrustPolicy; keys: RemoteKeys; verdict: Verdict }) {
  const known = useEffectiveKeys(policy, keys)
  if (!known || !verdict.header) return null
  const kid = kidOf(verdict.header)
  return (
    <section aria-label="Keys" className="border-t">
      <h3 className="px-4 pt-2.5 pb-1 font-medium">Keys</h3>
      <p className="break-words px-4 pb-1.5 text-compact text-muted-foreground">
        {kid === null ? 'The token names no key.' : <Shown text={`The token names ${JSON.stringify(kid)}.`} />}{' '}
        {known.keys.length === 0 && 'No key of the trust is known.'}
      </p>
      {known.keys.length > 0 && (
        <ul className="divide-y border-t text-compact">
          {known.keys.slice(0, shownMax).map(({ jwk, source, origin }, at) => (
            <li key={at} className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 px-4 py-1.5">
              <span className="min-w-0 break-all font-mono">
                {jwk.kid === undefined ? 'no key ID' : <Shown text={jwk.kid} />}
              </span>
              <span className="text-muted-foreground">
                <Shown text={[jwk.kty, 'crv' in jwk ? jwk.crv : null, jwk.alg].filter(Boolean).join(' ')} />
              </span>
              <span className="text-muted-foreground">
                source {source + 1}, {origin}
              </span>
              {jwk.kid !== undefined && jwk.kid === kid && <Badge tone="accent">named by the token</Badge>}
              {verdict.key?.source === source && verdict.key.kid === (jwk.kid ?? null) && (
                <Badge tone="accepted">verified it</Badge>
              )}
            </li>
          ))}
          {known.keys.length > shownMax && (
            <li className="px-4 py-1.5 text-muted-foreground">and {known.keys.length - shownMax} more</li>
          )}
        </ul>
      )}
    </section>
  )
}

/** The keys that the trust has now, as far as they were fetched. */
function useEffectiveKeys(policy: TrustPolicy, { keysOf, stamp }: RemoteKeys): EffectiveKeys | null {
  const [known, setKnown] = useState<EffectiveKeys | null>(null)
  const newest = useRef(policy)
  useEffect(() => {
    newest.current = policy
  })
  // The policy is a new object at every render; this text tells whether its keys changed.
  const named = JSON.stringify([policy.keys, policy.issuer, policy.keyUse])
  // `stamp` is a dependency because it changes with what `keysOf` answers
  useEffect(() => {
    let isStale = false
    const { current } = newest
    askSources(current.keys, keysOf, { kid: null, alg: '' }).then((asked) => {
      if (!isStale) setKnown(effectiveKeysOf(current, asked, Date.now() / 1000))
    })
    return () => {
      isStale = true
    }
  }, [named, keysOf, stamp])
  return known
}
