import type { ClaimRule } from '@/lib/trust/policy'
import { setAt, stepsOf } from './field'
import type { KindForm } from './kind-form'
import type { Path, Slot } from './path'
import type { TrustFormValues } from './values'

/** Request body of a form, not validated yet. */
export type DraftTrust = Record<string, unknown>

/**
 * Returns the form's values as a request body, and the way back: `fieldOf` returns the form field of a path in the
 * body, so that problems found by browser and server are shown at the same field. Pure.
 */
export function toTrustInput(
  form: KindForm,
  values: TrustFormValues,
): { input: DraftTrust; fieldOf: (path: Path) => Path } {
  const rules = ruleSlots(form, values)
  const input: DraftTrust = { rules: rules.map(({ value }) => value) }
  for (const { sent } of form.fields) {
    const value = sent?.value(values)
    if (sent && value !== undefined) setAt(input, stepsOf(sent.path), value)
  }

  function fieldOf(path: Path): Path {
    const [first, at, ...rest] = path
    if (first === 'rules') return (typeof at === 'number' ? rules[at]?.field(rest) : undefined) ?? ['claims']
    const field = form.fields.find(
      ({ sent }) => sent && stepsOf(sent.path).every((step, index) => path[index] === step),
    )
    if (!field?.sent) return path
    const inner = path.slice(stepsOf(field.sent.path).length)
    return field.sent.fieldOf?.(inner, values) ?? [...stepsOf(field.path), ...inner]
  }
  return { input, fieldOf }
}

function ruleSlots({ fields }: KindForm, values: TrustFormValues): Slot<ClaimRule>[] {
  const slots = fields.flatMap((field) => field.rules?.toRules(values) ?? [])
  // Kept rules return to their places, so that an unedited trust is unchanged.
  const kept = values.otherRules.map(({ at, rule: value }, index) => ({
    at,
    slot: { value, field: (): Path => ['otherRules', index] },
  }))
  for (const { at, slot } of kept.sort((one, other) => one.at - other.at)) slots.splice(at, 0, slot)
  return slots
}
