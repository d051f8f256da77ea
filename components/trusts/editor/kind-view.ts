import type { ComponentType } from 'react'
import type { Control, UseFormReturn } from 'react-hook-form'
import type { StoredTrust } from '@/lib/client/trusts'
import type { PresetCard } from '@/lib/model/preset-cards'
import type { GuideInput } from '@/lib/model/set-up-guide'
import type { TrustPolicy } from '@/lib/trust/policy'
import type { KindForm } from '../form/kind-form'
import type { TrustFormValues } from '../form/values'

export type SectionsProps = {
  form: UseFormReturn<TrustFormValues>
  /** null: not set up yet. */
  stored: StoredTrust | null
  /** The valid parts of the draft. */
  policy: TrustPolicy
}

/** The editor of a kind of trust. */
export type KindView = {
  form: KindForm
  /** Noun for one attempt. */
  attempt: 'login' | 'sign-in'
  /** Fields above the advanced ones. */
  Sections: ComponentType<SectionsProps>
  /** Instructions for the other side, below the fields; shown to readers too. */
  Guide?: ComponentType<{ control: Control<TrustFormValues>; stored: StoredTrust | null }>
  /** Whether the test issuer may put its key into the form. */
  takesTestKey: boolean
}

/** How the guided set-up of a kind asks. */
export type GuidedView = {
  /** Above the platforms. */
  words: { question: string; help: string; sample: string }
  /** Families of the platforms that are offered; null: all. */
  families: readonly PresetCard['family'][] | null
  admitsAll: GuideInput['admitsAll']
  /** Fields that no question fills. */
  Fields: ComponentType<{ control: Control<TrustFormValues> }>
}

/** The editor of a kind whose trusts belong to the organization, with a list and pages of its own. */
export type StandaloneView = KindView & {
  /** Noun for one trust. */
  one: string
  list: { label: string; href: string }
  /** What stops when a trust is removed. */
  lost: string
  guided: GuidedView
}
