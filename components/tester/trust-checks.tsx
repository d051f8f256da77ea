'use client'

import type { RecognitionAnswer } from '@/lib/model/posture'
import type { Check, Verdict } from '@/lib/trust/engine/verdict'
import type { TrustPolicy } from '@/lib/trust/policy'
import { CheckList } from './check-list'
import { referenceOf } from './check-references'
import { fixOptions } from './fix-options'
import { useLikelyCauses } from './use-likely-causes'

/**
 * The checks of a token by one of the stored trusts, with why they fail and how another token is asked for. Loaded when the first trust is
 * opened.
 */
export function TrustChecks({
  trust,
  verdict,
  recognition,
}: {
  trust: Pick<TrustPolicy, 'issuer' | 'rules'>
  verdict: Verdict
  recognition: RecognitionAnswer | null
}) {
  const causesOf = useLikelyCauses(trust, verdict)
  // The trust itself is changed in its editor.
  const optionsOf = (check: Check) =>
    fixOptions(check, verdict.claims, recognition).filter(({ kind }) => kind === 'pipeline')
  return <CheckList verdict={verdict} acts={{ causesOf, referenceOf, optionsOf }} />
}
