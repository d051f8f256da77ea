'use client'

import { useMemo } from 'react'
import { useAnswer } from '@/lib/client/analysis/use-answer'
import { judgedMax, type StoredTrust, useFirstTrusts, useTrustRules, useTrustsOf } from '@/lib/client/trusts'
import type { Nearest } from '@/lib/model/nearest-trusts'
import { decodeToken } from '@/lib/trust/engine/token'

export type Candidates = {
  /** The trusts to judge; undefined before they are known. */
  trusts: StoredTrust[] | undefined
  /** What is known of all trusts where they are more than are judged, else null. */
  of: (Omit<Nearest, 'ids'> & { all: number }) | null
  error: Error | null
  retry: () => void
}

/** Returns the trusts that are worth judging for a token: all, or of very many those that are nearest by their claims. */
export function useCandidates(token: string): Candidates {
  const first = useFirstTrusts()
  const isMany = first.data?.hasMore === true && token !== ''
  const rules = useTrustRules({ enabled: isMany })
  const claims = useMemo(() => {
    const decoded = decodeToken(token).claims
    return decoded.ok ? decoded.value : {}
  }, [token])
  const { data: pages, dataUpdatedAt } = rules
  const asked = isMany && pages ? `${dataUpdatedAt} ${token}` : null
  const { answer: nearest, error } = useAnswer('nearest', asked, () => ({
    pages: pages ?? [],
    claims,
    count: judgedMax,
  }))
  const chosen = useTrustsOf(nearest?.ids ?? [])
  const failure = [first, rules, chosen].find(({ error }) => error)

  const isAll = first.data !== undefined && !first.data.hasMore
  return {
    trusts: isAll ? first.data.trusts : isMany ? chosen.data : first.data?.trusts,
    of: isMany && nearest ? { open: nearest.open, elsewhere: nearest.elsewhere, all: nearest.all } : null,
    error: failure?.error ?? error ?? null,
    retry: () => void failure?.refetch(),
  }
}
