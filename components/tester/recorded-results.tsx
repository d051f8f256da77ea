'use client'

import type { RecordedClaims as Recorded } from '@/lib/client/claims-handover'
import type { Verdict } from '@/lib/trust/engine/verdict'
import { CheckList } from './check-list'
import type { CheckActs } from './check-row'
import { fixOptions } from './fix-options'
import { RecordedClaims } from './recorded-claims'
import type { useRecognition } from './use-recognition'

/** What the draft makes of the claims of a recorded login. Loaded where there are some. */
export function RecordedResults({
  recorded,
  verdict,
  recognition,
  acts,
  onForget,
}: {
  recorded: Recorded
  verdict: Verdict
  recognition: ReturnType<typeof useRecognition>
  acts: Omit<CheckActs, 'optionsOf'>
  onForget: () => void
}) {
  return (
    <>
      <RecordedClaims recorded={recorded} verdict={verdict} onForget={onForget} />
      <div className="border-t">
        <CheckList
          verdict={verdict}
          acts={{ ...acts, optionsOf: (check) => fixOptions(check, verdict.claims, recognition) }}
        />
      </div>
    </>
  )
}
