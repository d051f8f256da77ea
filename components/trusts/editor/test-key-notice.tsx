'use client'

import { useState } from 'react'
import { Callout } from '@/components/ui/callout'
import { utcWords } from '@/components/ui/time-words'
import { isTestPem, testKeyEnd } from '@/lib/trust/keys/test-key'
import type { KeySource } from '@/lib/trust/policy'

/** Says that a trust holds a test key, and until when; nothing for other trusts. */
export function TestKeyNotice({ keys }: { keys: readonly KeySource[] }) {
  const [now] = useState(() => Date.now() / 1000)
  const pems = keys.flatMap((source) => (source.kind === 'static-pem' && isTestPem(source.pem) ? [source.pem] : []))
  if (pems.length === 0) return null
  const ends = pems.map(testKeyEnd)
  const last = ends.includes(null) ? null : Math.max(...ends.map(Number))
  if (last !== null && last < now) {
    return (
      <Callout tone="attention" title="A TEST key that has expired">
        It ended {utcWords(last * 1000)}: no token is verified with it. Give the key of the issuer in its place.
      </Callout>
    )
  }
  return (
    <Callout tone="attention" title="A TEST key">
      The person who made it can log in as this identity{last === null ? '' : ` until ${utcWords(last * 1000)}`}.
    </Callout>
  )
}
