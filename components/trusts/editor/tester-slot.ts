import type { ReactNode } from 'react'
import type { TrustPlace } from '@/lib/client/trusts'
import type { ClaimValue } from '@/lib/trust/claims'
import type { Check } from '@/lib/trust/engine/verdict'
import type { JsonObject } from '@/lib/trust/json/json'
import type { TrustPolicy } from '@/lib/trust/policy'

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
  /** Absent for readers. */
  onBind?: (path: string, value: ClaimValue, claims: JsonObject | null) => void
  /** Moves the rules on a claim to another address. Absent for readers. */
  onReaddress?: (from: string, to: string) => void
  onTestKey?: (pem: string) => void
}) => ReactNode
