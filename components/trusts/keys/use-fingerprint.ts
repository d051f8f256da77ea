'use client'

import { useEffect, useState } from 'react'
import { type JsonObject, stringifyJson } from '@/lib/trust/json/json'
import { inspectJwk } from '@/lib/trust/keys/public-key'

/** The SHA-256 fingerprint of a key once it is known; null for what is no key, and on a page that came over plain http. */
export function useFingerprint(jwk: JsonObject): string | null {
  const text = stringifyJson(jwk)
  const [known, setKnown] = useState<{ text: string; fingerprint: string } | null>(null)
  useEffect(() => {
    let isStale = false
    inspectJwk(jwk).then(
      (reading) => {
        if (!isStale && reading.ok) setKnown({ text, fingerprint: reading.key.fingerprint })
      },
      // Browsers give no cryptography to a page on plain http.
      () => {},
    )
    return () => {
      isStale = true
    }
    // The text stands for the key, which is another object at every render.
  }, [text])
  return known?.text === text ? known.fingerprint : null
}
