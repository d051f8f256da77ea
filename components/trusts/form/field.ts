import type { z } from 'zod'
import { labelOfField } from '@/components/form/label-of-field'
import type { KindPart } from '@/lib/trust/kinds'
import type { ClaimRule, TrustPolicy } from '@/lib/trust/policy'
import type { Path, Slot } from './path'
import type { TrustFormValues } from './values'

/** The parts of a trust that a form shows. */
export type FormTrust = KindPart & TrustPolicy & { name: string; enabled: boolean }

/** One line of a review: label and text; null = nothing. */
export type Said = [label: string, words: string | null]

/** A field of the trust form. Form, draft, review, error places and the jump from a check all read this table. */
export type Field<Values extends TrustFormValues = TrustFormValues> = {
  /** Path in the form's values, dotted. */
  path: string
  label: string
  /** Labels of inner paths, where they differ. */
  innerLabels?: Readonly<Record<string, string>>
  /** Checks that lead here when the trust requires nothing, and dotted paths of a policy that lead here. */
  checks?: readonly string[]
  /** Claim of this field's rules: a row among the bound claims would contradict it. */
  claim?: string
  /** Matcher of its rules, where the claim may have rules of other fields. */
  matcher?: ClaimRule['matcher']['kind']
  /** Returns its value for a trust. Absent for fields of rules. */
  toForm?(trust: FormTrust): unknown
  /** Dotted path in the request body, and the value. Absent for fields of rules. */
  sent?: { path: string; value(values: Values): unknown; fieldOf?(rest: Path, values: Values): Path }
  /** Conversion from and to rules. */
  rules?: {
    /** Returns form values for a rule; null where they cannot express it. */
    fromRule(rule: ClaimRule): Partial<Values> | null
    toRules(values: Values): Slot<ClaimRule>[]
  }
  /** Returns the lines of a review for a trust. */
  said(trust: FormTrust): Said[]
  /** Returns a message with better advice than zod's; null = zod's own. */
  wording?(issue: z.core.$ZodIssue, path: Path): string | null
}

/** Returns the labels of all places of fields, by dotted path. */
export const labelsOf = (fields: readonly Field[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    fields.flatMap(({ path, label, innerLabels = {} }) => [
      [path, label],
      ...Object.entries(innerLabels).map(([inner, name]) => [`${path}.${inner}`, name]),
    ]),
  )

/** Returns the label of the field at a path, or of the field that contains it. */
export const labelOf = (fields: readonly Field[], path: Path): string => labelOfField(path, labelsOf(fields))

/** Whether an issue reports an empty text or list. */
export const isEmpty = (issue: z.core.$ZodIssue) =>
  issue.code === 'too_small' && issue.origin !== 'number' && issue.origin !== 'int'

/** Splits a dotted path into steps. */
export const stepsOf = (dotted: string): string[] => dotted.split('.')

/** Sets the value at a path and creates the objects on the way. */
export function setAt(object: Record<string, unknown>, [first, ...rest]: readonly string[], value: unknown): void {
  if (first === undefined) return
  if (rest.length === 0) {
    object[first] = value
    return
  }
  const inner = object[first]
  const next = isRecord(inner) ? inner : {}
  object[first] = next
  setAt(next, rest, value)
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
