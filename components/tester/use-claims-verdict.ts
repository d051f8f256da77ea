'use client'

import { useEffect, useState } from 'react'
import { lazyPart } from '@/components/ui/lazy-part'
import type { RecordedClaims } from '@/lib/client/claims-handover'
import type { Verdict } from '@/lib/trust/engine/verdict'
import type { TrustPolicy } from '@/lib/trust/policy'

const judge = lazyPart(() => import('@/lib/trust/engine/judge-claims'))

/** Returns what the draft makes of recorded claims, after every change; null without any. */
export function useClaimsVerdict(recorded: RecordedClaims | null, policy: TrustPolicy): Verdict | null {
  const [verdict, setVerdict] = useState<Verdict | null>(null)
  useEffect(() => {
    let isStale = false
    if (!recorded) return setVerdict(null)
    judge.load().then(
      ({ judgeClaims }) => {
        if (!isStale) setVerdict(judgeClaims(recorded.claims, policy, Date.parse(recorded.at) / 1000))
      },
      // What shows the verdict needs the same part, and tells that it is missing.
      () => {},
    )
    return () => {
      isStale = true
    }
  }, [recorded, policy])
  return verdict
}
