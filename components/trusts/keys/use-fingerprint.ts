'use client'

import { useEffect, useState } from 'react'
import { type JsonObject, stringifyJson } from '@/lib/trust/json/json'
import { inspectJwk } from '@/lib/trust/keys/public-key'

/** Returns the SHA-256 fingerprint of a key; null before it is known, for anything but a key, and on plain http. */
export function useFingerprint(jwk: JsonObject): string | null {
  const text = stringifyJson(jwk)
  const [known, setKnown] = useState<{ text: string; fingerprint: string } | null>(null)
  useEffect(() => {
    let isStale = false
    inspectJwk(jwk).then(
      (reading) => {
        if (!isStale && reading.ok) setKnown({ text, fingerprint: reading.key.fingerprint })
      },
      // Browsers provide no cryptography to a page on plain http.
      () => {},
    )
    return () => {
      isStale = true
    }
    // Compared by text: the key is a new object at every render.
  }, [text])
  return known?.text === text ? known.fingerprint : null
}
