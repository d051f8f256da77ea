import type { Control } from 'react-hook-form'
import type { z } from 'zod'
import type { StandaloneTrustInput, TrustInput } from '@/lib/apis/admin/trusts/wire'
import type { ClaimValue } from '@/lib/trust/claims'
import type { Kind, KindPart } from '@/lib/trust/kinds'
import type { Field } from './field'
import type { KeyKind } from './source-rows'
import type { TrustFormValues } from './values'

/** Request body of a save. */
export type SentTrust = z.output<typeof TrustInput> | z.output<typeof StandaloneTrustInput>

/** New values of fields that require what a token says, and the field to show; or why it cannot be required. */
export type Binding<Values> = { ok: true; changed: Partial<Values>; field: string } | { ok: false; problem: string }

/** The form of one kind of trust. */
export type KindForm<Values extends TrustFormValues = TrustFormValues> = {
  kind: Kind
  /** Kinds of key source that the first row offers, the usual one first. */
  keyKinds: readonly [KeyKind, ...KeyKind[]]
  /** Rows of key sources that the form always has. */
  fixedRows: readonly KeyKind[]
  /** Schema of the route. */
  sent: z.ZodType<SentTrust>
  /** In the order of a review. */
  fields: readonly Field<Values>[]
  /** Values of a new trust where they differ from other kinds', and those of the kind's own fields. */
  empty: Omit<Values, keyof TrustFormValues> & Partial<TrustFormValues>
  /** Returns the options in a request body. */
  optionsOf(sent: SentTrust): KindPart['options']
  /** Binding of claims that have a field in this kind, by claim. */
  bind?: Readonly<Record<string, (values: Values, claim: ClaimValue) => Binding<Values>>>
}

/** Defines the form of a kind. Only its own fields know the type of its own values. */
export const defineKindForm = <Values extends TrustFormValues>(form: KindForm<Values>) => form as unknown as KindForm

/** Returns a form's control typed with the kind's own values. */
export const ownControl = <Values extends TrustFormValues>(control: Control<TrustFormValues>) =>
  control as unknown as Control<Values>
