import { type AnyStep, applyPatch } from '@/lib/trust/json/apply-patch'
import { literalPattern } from '@/lib/trust/matchers/glob'
import type { ClaimRule } from '@/lib/trust/policy'
import type { JudgedPolicy } from '@/lib/trust/posture/subject'
import { diffTrusts, type TrustChange } from './diff-trust'
import { labelOf } from './field'
import type { JudgedForm } from './judge-trust-form'
import type { KindForm } from './kind-form'
import type { Path } from './path'
import { toFormValues } from './trust-form'
import type { TrustFormValues } from './values'

/** New values of the fields that a fix changes; or why it cannot be applied. */
export type FormFix = { ok: true; changed: Partial<TrustFormValues> } | { ok: false; problem: string }

/** Applies a fix of the judged draft to the form it was made of. Fields that the fix does not touch keep what is typed. Pure. */
export function fixForm(
  form: KindForm,
  values: TrustFormValues,
  { policy, leftOut }: { policy: JudgedPolicy; leftOut: JudgedForm['leftOut'] },
  steps: readonly AnyStep[],
): FormFix {
  const fixed = fixedPolicy(form, policy, steps)
  if (!fixed) return { ok: false, problem: 'The form has changed since this finding was made.' }
  const changed = changedValues(values, toFormValues(form, policy), toFormValues(form, fixed))
  const lost = leftOut.find((path) => isChanged(changed, values, path))
  if (lost) return { ok: false, problem: `Correct ${labelOf(form.fields, lost)} first.` }
  return { ok: true, changed }
}

/** What a fix changes, field by field; [] where it cannot be applied. Pure. */
export function changesOfFix(form: KindForm, policy: JudgedPolicy, steps: readonly AnyStep[]): TrustChange[] {
  const fixed = fixedPolicy(form, policy, steps)
  return fixed ? diffTrusts(form, policy, fixed) : []
}

/** The draft after a fix, its new rules as the form has fields for them. */
function fixedPolicy(form: KindForm, policy: JudgedPolicy, steps: readonly AnyStep[]): JudgedPolicy | null {
  const patched = applyPatch(policy, steps)
  if (!patched) return null
  return { ...patched, rules: patched.rules.map((rule) => (holds(policy, rule) ? rule : spelled(form, rule))) }
}

const holds = ({ rules }: JudgedPolicy, rule: ClaimRule) =>
  rules.some((known) => JSON.stringify(known) === JSON.stringify(rule))

/** A rule with exact values as patterns that match these alone, where the form has a field for patterns only. */
function spelled({ fields }: KindForm, rule: ClaimRule): ClaimRule {
  const hasField = (one: ClaimRule) => fields.some(({ rules }) => rules?.fromRule(one))
  if (rule.matcher.kind !== 'equals-any' || hasField(rule)) return rule
  const matcher = { kind: 'glob-any' as const, values: rule.matcher.values.map(literalPattern) }
  return hasField({ ...rule, matcher }) ? { ...rule, matcher } : rule
}

/** Members of the form that differ between two readings; of a group of fields, the others keep what is typed. */
function changedValues(
  values: TrustFormValues,
  before: TrustFormValues,
  after: TrustFormValues,
): Partial<TrustFormValues> {
  return mapped(values, before, after, ([old, now, typed]) =>
    isGroup(old) && isGroup(now) && isGroup(typed)
      ? { ...typed, ...mapped(typed, old, now, ([, member]) => member) }
      : now,
  )
}

/** The members that differ, each as `valueFor` makes it of before, after and what is typed. */
function mapped<Values extends object>(
  values: Values,
  before: Values,
  after: Values,
  valueFor: (one: [old: unknown, now: unknown, typed: unknown]) => unknown,
): Partial<Values> {
  const differing = Object.entries(after).flatMap(([name, now]) => {
    const old: unknown = Reflect.get(before, name)
    const typed: unknown = Reflect.get(values, name)
    return JSON.stringify(old) === JSON.stringify(now) ? [] : [[name, valueFor([old, now, typed])] as const]
  })
  return Object.fromEntries(differing) as Partial<Values>
}

/** Whether the change would replace the invalid value at a path, which nothing could bring back but undo. */
function isChanged(changed: Partial<TrustFormValues>, values: TrustFormValues, [name, member]: Path): boolean {
  const now: unknown = Reflect.get(changed, String(name))
  if (now === undefined) return false
  const old: unknown = Reflect.get(values, String(name))
  if (!isGroup(now) || !isGroup(old) || member === undefined) return true
  return JSON.stringify(now[member]) !== JSON.stringify(old[member])
}

const isGroup = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
