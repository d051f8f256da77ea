'use client'

import type { Verdict } from '@/lib/trust/engine/verdict'
import type { TrustPolicy } from '@/lib/trust/policy'
import { CheckList } from './check-list'
import { referenceOf } from './check-references'
import { useLikelyCauses } from './use-likely-causes'

/** The checks of a token by one of the stored trusts, with why they fail. Loaded when the first trust is opened. */
export function TrustChecks({ trust, verdict }: { trust: Pick<TrustPolicy, 'issuer' | 'rules'>; verdict: Verdict }) {
  const causesOf = useLikelyCauses(trust, verdict)
  return <CheckList verdict={verdict} acts={{ causesOf, referenceOf }} />
}
