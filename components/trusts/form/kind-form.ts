import type { Control } from 'react-hook-form'
import type { z } from 'zod'
import type { StandaloneTrustInput, TrustInput } from '@/lib/apis/admin/trusts/wire'
import type { ClaimValue } from '@/lib/trust/claims'
import type { Kind, KindPart } from '@/lib/trust/kinds'
import type { Field } from './field'
import type { KeyKind } from './source-rows'
import type { TrustFormValues } from './values'

/** What is sent to save a trust. */
export type SentTrust = z.output<typeof TrustInput> | z.output<typeof StandaloneTrustInput>

/** New values of some fields that require what a token says, and the field to look at; or why it cannot be required. */
export type Binding<Values> = { ok: true; changed: Partial<Values>; field: string } | { ok: false; problem: string }

/** The form of one kind of trust. */
export type KindForm<Values extends TrustFormValues = TrustFormValues> = {
  kind: Kind
  /** Kinds of key source that the first row offers, the usual one first. */
  keyKinds: readonly [KeyKind, ...KeyKind[]]
  /** Rows of key sources that the form always has. */
  fixedRows: readonly KeyKind[]
  /** The schema of the route it is sent to. */
  sent: z.ZodType<SentTrust>
  /** In the order of a review. */
  fields: readonly Field<Values>[]
  /** Values of a new trust where they differ from those of other kinds, and those of the kind's own fields. */
  empty: Omit<Values, keyof TrustFormValues> & Partial<TrustFormValues>
  /** The options of what would be sent. */
  optionsOf(sent: SentTrust): KindPart['options']
  /** Binds claims that have a field of their own in this kind, by claim. */
  bind?: Readonly<Record<string, (values: Values, claim: ClaimValue) => Binding<Values>>>
}

/**
 * Defines the form of a kind. Its own values are known to its own fields alone; to everything else it is a form like any
 * other.
 */
export const defineKindForm = <Values extends TrustFormValues>(form: KindForm<Values>) => form as unknown as KindForm

/** The control of a form whose kind has values of its own. */
export const ownControl = <Values extends TrustFormValues>(control: Control<TrustFormValues>) =>
  control as unknown as Control<Values>
