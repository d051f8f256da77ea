import type { z } from 'zod'
import { labelOfField } from '@/components/form/label-of-field'
import type { KindPart } from '@/lib/trust/kinds'
import type { ClaimRule, TrustPolicy } from '@/lib/trust/policy'
import type { Path, Slot } from './path'
import type { TrustFormValues } from './values'

/** What a form shows of a trust, stored or about to be saved. */
export type FormTrust = KindPart & TrustPolicy & { name: string; enabled: boolean }

/** One line of a review: a label, and what the trust says there; null = nothing. */
export type Said = [label: string, words: string | null]

/**
 * A field of the trust form. Everything about it is said here: form, draft, review, error places and the jump from a check
 * all read this table.
 */
export type Field<Values extends TrustFormValues = TrustFormValues> = {
  /** Place in the form's values, dotted. */
  path: string
  label: string
  /** Labels of places inside it that are called otherwise. */
  innerLabels?: Readonly<Record<string, string>>
  /** Checks that lead here when the trust asks for nothing, and dotted places of a policy that lead here. */
  checks?: readonly string[]
  /** The claim that rules of this field are about: a row among the bound claims would contradict it. */
  claim?: string
  /** The matcher of its rules, where the claim may have rules of other fields. */
  matcher?: ClaimRule['matcher']['kind']
  /** Its value for a trust. Absent for fields of rules. */
  toForm?(trust: FormTrust): unknown
  /** Where its value is in the body that is sent, dotted, and the value. Absent for fields of rules. */
  sent?: { path: string; value(values: Values): unknown; fieldOf?(rest: Path, values: Values): Path }
  /** How it expresses rules. */
  rules?: {
    /** Form values that express a rule; null where they cannot. */
    fromRule(rule: ClaimRule): Partial<Values> | null
    toRules(values: Values): Slot<ClaimRule>[]
  }
  /** What a review shows of a trust. */
  said(trust: FormTrust): Said[]
  /** A sentence for a problem where zod's own would not say what to do; null = zod's own. */
  wording?(issue: z.core.$ZodIssue, path: Path): string | null
}

/** Labels of all places of some fields, by their dotted path. */
export const labelsOf = (fields: readonly Field[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    fields.flatMap(({ path, label, innerLabels = {} }) => [
      [path, label],
      ...Object.entries(innerLabels).map(([inner, name]) => [`${path}.${inner}`, name]),
    ]),
  )

/** The label of the field at a place, or of the field that contains it. */
export const labelOf = (fields: readonly Field[], path: Path): string => labelOfField(path, labelsOf(fields))

/** Whether an issue says that there is too little: an empty text or list. */
export const isEmpty = (issue: z.core.$ZodIssue) =>
  issue.code === 'too_small' && issue.origin !== 'number' && issue.origin !== 'int'

/** A dotted path as steps. */
export const stepsOf = (dotted: string): string[] => dotted.split('.')

/** Sets the value at a place, with the objects on the way. */
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
