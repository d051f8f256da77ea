import type { ReactNode } from 'react'
import type { TrustPlace } from '@/lib/client/trusts'
import type { FixAnswer } from '@/lib/model/posture'
import type { BindWay } from '@/lib/trust/bind-way'
import type { ClaimValue } from '@/lib/trust/claims'
import type { Check } from '@/lib/trust/engine/verdict'
import type { JsonObject } from '@/lib/trust/json/json'
import type { TrustPolicy } from '@/lib/trust/policy'
import type { JudgedPolicy } from '@/lib/trust/posture/subject'

/**
 * Props from the editor to the tester beside it. The page passes the tester in, since page families do not import each
 * other.
 */
export type TesterSlot = (props: {
  /** The valid parts of the draft. */
  policy: TrustPolicy
  /** Labels of invalid fields, which are left out. */
  leftOut: readonly string[]
  login: { place: TrustPlace; isSaved: boolean }
  /** Returns the label of a check's field; null when it has none. */
  fieldLabelOf: (check: Check) => string | null
  /** Highlights a check's field; null = none. */
  onPoint: (check: Check | null) => void
  onGoTo: (check: Check) => void
  /**
   * Requires a claim's value, in place of the values that the trust accepts or beside them. Returns what undoes it; null where it could
   * not be done. Absent for readers.
   */
  onBind?: (path: string, value: ClaimValue, claims: JsonObject | null, how?: BindWay) => Promise<(() => void) | null>
  /** Moves the rules on a claim to another address. Absent for readers. */
  onReaddress?: (from: string, to: string) => void
  /** A token that is given to the tester. */
  token?: string
  /** The draft as it is judged, for proposals. */
  draft: JudgedPolicy
  /** Takes proposed rules into the form. Absent for readers. */
  onTake?: (fix: FixAnswer) => void
  /** `endsAt`: epoch seconds. */
  onTestKey?: (pem: string, endsAt: number) => void
  /** Told the token at hand and its claims; null = there is none that can be read. */
  onSample: (sample: { token: string; claims: JsonObject } | null) => void
  /** What to say beside an accepted token: the draft accepts others, too. */
  caution: { title: string; detail: string } | null
  /** What is found in the draft, shown below the verdict. */
  findings: ReactNode
}) => ReactNode
