'use client'

import { useEffect } from 'react'
import { useAskAgain } from '@/lib/client/keys'
import { decodeToken } from '@/lib/trust/token'
import { isRemote, type KeySource } from '@/lib/trust/trust'
import type { RemoteKeys } from './use-remote-keys'

/** As often as the server would fetch for it anyway. */
const againMs = 30_000

/**
 * While a token names a key that none of these sources has, asks for theirs anew, as a login would: the issuer may have
 * rotated it. Nothing of the token is sent.
 */
export function useMissingKey(token: string, sources: readonly KeySource[], { known }: RemoteKeys) {
  const { mutate } = useAskAgain()
  const remote = sources.filter(isRemote)
  const sets = remote.map(known)
  const kid = kidOf(token)
  const isAsked = sets.length > 0 && sets.every((set) => set !== undefined)
  const hasIt = sets.some((set) => set?.status === 'ok' && set.keys.some((key) => key.kid === kid))
  const missing = kid !== null && isAsked && !hasIt ? kid : null
  const all = JSON.stringify(remote)
  // `all` says what `remote` holds, which is new at every render
  useEffect(() => {
    if (missing === null) return
    const ask = () => {
      for (const source of remote) mutate(source)
    }
    ask()
    const timer = setInterval(ask, againMs)
    return () => clearInterval(timer)
  }, [missing, all, mutate])
}

function kidOf(token: string): string | null {
  if (token === '') return null
  const { header } = decodeToken(token)
  return header.ok && typeof header.value.kid === 'string' ? header.value.kid : null
}
