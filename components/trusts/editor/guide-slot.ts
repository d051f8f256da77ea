import type { ReactNode } from 'react'
import type { UseFormReturn } from 'react-hook-form'
import type { TrustPlace } from '@/lib/client/trusts'
import type { TrustFormValues } from '../form/values'

/** Questions that fill the form of a new trust, in place of its fields or above them. */
export type GuideSlot = {
  /** Shown above the fields, too: what is created beside the trust. */
  head: ReactNode
  questions: (form: UseFormReturn<TrustFormValues>) => ReactNode
  /** Values that follow from the answers, under a key that changes with them. */
  filled: { key: string; values: Partial<TrustFormValues> } | null
  /** What is to be answered before the trust can be saved; `always` also where all fields are shown. */
  missing: { questions: readonly string[]; always: readonly string[] }
  /** The token at hand, for the tester. */
  token: string
  /** Told the token that is pasted into the tester. */
  onToken: (token: string) => void
  /** Makes the place of the trust, once: creates its identity. */
  prepare: () => Promise<TrustPlace>
  onStartOver: () => void
}
