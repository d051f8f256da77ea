'use client'

import { useEffect } from 'react'
import { useFetchKeys } from '@/lib/client/keys'
import type { KeySet } from '@/lib/trust/key-sources/key-source'
import { decodeToken } from '@/lib/trust/token'
import type { RemoteKeySource } from '@/lib/trust/trust'

/** How often a token of an unknown key may make a source be asked again, as at a login. */
const pauseMs = 30_000

const askedAt = new Map<string, number>()

/**
 * Asks the sources anew when a token names a key that none of them has, as a login would: the issuer may have rotated it.
 * Nothing of the token is sent.
 */
export function useMissingKey(
  token: string,
  sources: readonly RemoteKeySource[],
  sets: readonly (KeySet | undefined)[],
) {
  const { mutate } = useFetchKeys()
  const kid = isMissing(token, sets) ? kidOf(token) : null
  const all = JSON.stringify(sources)
  // `all` says what `sources` holds, which is new at every render
  useEffect(() => {
    if (kid === null) return
    for (const source of sources) {
      const name = JSON.stringify(source)
      if (Date.now() - (askedAt.get(name) ?? 0) < pauseMs) continue
      askedAt.set(name, Date.now())
      mutate(source)
    }
  }, [kid, all, mutate])
}

/** Only once every source has answered with keys: one that gives none has another trouble. */
function isMissing(token: string, sets: readonly (KeySet | undefined)[]): boolean {
  const kid = kidOf(token)
  const known = sets.flatMap((set) => (set?.status === 'ok' ? [set.keys] : []))
  if (kid === null || known.length === 0 || known.length < sets.length) return false
  return !known.flat().some((key) => key.kid === kid)
}

function kidOf(token: string): string | null {
  if (token === '') return null
  const { header } = decodeToken(token)
  return header.ok && typeof header.value.kid === 'string' ? header.value.kid : null
}
