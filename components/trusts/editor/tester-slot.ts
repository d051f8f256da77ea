import type { ReactNode } from 'react'
import type { TrustPlace } from '@/lib/client/trusts'
import type { ClaimValue } from '@/lib/trust/claims'
import type { Check } from '@/lib/trust/engine/verdict'
import type { JsonObject } from '@/lib/trust/json/json'
import type { TrustPolicy } from '@/lib/trust/policy'

/** What the editor offers the tester that stands beside it. The page puts one in: rooms do not know each other. */
export type TesterSlot = (props: {
  /** What of the draft is valid. */
  policy: TrustPolicy
  /** Names of the fields that are not, and are left out. */
  leftOut: readonly string[]
  login: { place: TrustPlace; isSaved: boolean }
  /** The field that asked for a check, by its label; null when no field did. */
  fieldLabelOf: (check: Check) => string | null
  /** Lights up the field that asked; null = none. */
  onPoint: (check: Check | null) => void
  onGoTo: (check: Check) => void
  /** Absent for readers. */
  onBind?: (path: string, value: ClaimValue, claims: JsonObject | null) => void
  /** Moves the rules on a claim to another address. Absent for readers. */
  onReaddress?: (from: string, to: string) => void
  onTestKey?: (pem: string) => void
}) => ReactNode
