'use client'

import { useEffect, useState } from 'react'
import type { StoredTrust } from '@/lib/client/trusts'
import type { KeyProvider } from '@/lib/trust/engine/checks/key-candidates'
import { decodeToken } from '@/lib/trust/engine/token'
import type { Verdict } from '@/lib/trust/engine/verdict'
import { verify } from '@/lib/trust/engine/verify'
import { shownVerdict } from '@/lib/trust/kinds'
import { rankVerdicts } from './trust-ranking'
import type { RemoteKeys } from './use-remote-keys'

export type JudgedTrust = { trust: StoredTrust; verdict: Verdict }

/** Returns every trust's verdict on a token, nearest first; null without a token or before trusts are loaded. */
export function useTrustVerdicts(
  token: string,
  trusts: readonly StoredTrust[] | undefined,
  { keysOf, stamp }: RemoteKeys,
  now: number | null,
): JudgedTrust[] | null {
  const [judged, setJudged] = useState<JudgedTrust[] | null>(null)
  // `stamp` is a dependency because it changes with what `keysOf` answers
  useEffect(() => {
    let isStale = false
    if (token === '' || now === null || !trusts) {
      setJudged(null)
      return
    }
    const { claims } = decodeToken(token)
    const issuer = claims.ok ? claims.value.iss : undefined
    const judging = trusts.map(async (trust) => {
      // Only sources of the token's possible trusts are fetched again.
      const isOwn = trust.issuer !== null && trust.issuer === issuer
      const keys: KeyProvider = (source, wanted) => keysOf(source, isOwn ? wanted : undefined)
      const verdict = await verify({ token, trust, keys, now })
      return { trust, verdict: shownVerdict(trust.kind, verdict) }
    })
    Promise.all(judging).then((all) => {
      if (!isStale) setJudged(rankVerdicts(all))
    })
    return () => {
      isStale = true
    }
  }, [token, trusts, keysOf, stamp, now])
  return judged
}
