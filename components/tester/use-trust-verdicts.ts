'use client'

import { useEffect, useState } from 'react'
import type { StoredTrust } from '@/lib/client/trusts'
import type { Verdict } from '@/lib/trust/verdict'
import { verify } from '@/lib/trust/verify'
import { rankVerdicts } from './trust-ranking'
import type { RemoteKeys } from './use-remote-keys'

export type JudgedTrust = { trust: StoredTrust; verdict: Verdict }

/** The verdict of every trust over a token, nearest first; null while there is no token or no trusts yet. */
export function useTrustVerdicts(
  token: string,
  trusts: readonly StoredTrust[] | undefined,
  { keysOf, stamp }: RemoteKeys,
  now: number | null,
): JudgedTrust[] | null {
  const [judged, setJudged] = useState<JudgedTrust[] | null>(null)
  // `stamp` is a dependency because it says that what `keysOf` answers has changed
  useEffect(() => {
    let isStale = false
    if (token === '' || now === null || !trusts) {
      setJudged(null)
      return
    }
    const judging = trusts.map(async (trust) => ({ trust, verdict: await verify({ token, trust, keys: keysOf, now }) }))
    Promise.all(judging).then((all) => {
      if (!isStale) setJudged(rankVerdicts(all))
    })
    return () => {
      isStale = true
    }
  }, [token, trusts, keysOf, stamp, now])
  return judged
}
