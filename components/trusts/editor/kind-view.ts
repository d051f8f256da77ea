import type { ComponentType } from 'react'
import type { Control, UseFormReturn } from 'react-hook-form'
import type { StoredTrust } from '@/lib/client/trusts'
import type { TrustPolicy } from '@/lib/trust/policy'
import type { KindForm } from '../form/kind-form'
import type { TrustFormValues } from '../form/values'

export type SectionsProps = {
  form: UseFormReturn<TrustFormValues>
  /** null: it is not set up yet. */
  stored: StoredTrust | null
  /** What of the draft is valid. */
  policy: TrustPolicy
}

/** How a kind of trust is edited. */
export type KindView = {
  form: KindForm
  /** What one attempt to get in is called. */
  attempt: 'login' | 'sign-in'
  /** The fields above the advanced ones. */
  Sections: ComponentType<SectionsProps>
  /** Instructions for the other side, below the fields; for readers too. */
  Guide?: ComponentType<{ control: Control<TrustFormValues>; stored: StoredTrust | null }>
  /** Whether the test issuer may put its key into the form: where any key may be pasted. */
  takesTestKey: boolean
}

/** A kind whose trusts belong to the organization has a list and pages of its own. */
export type StandaloneView = KindView & {
  /** What one of them is called. */
  one: string
  list: { label: string; href: string }
  /** What stops when one is removed. */
  lost: string
}
