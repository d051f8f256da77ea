import type { FindingAnswer } from '@/lib/model/posture'
import type { Check } from '@/lib/trust/engine/verdict'
import { ClaimRule } from '@/lib/trust/policy'
import { stepsOf } from './field'
import type { KindForm } from './kind-form'
import type { Path } from './path'

/** Returns the form field of a check, or null when it concerns the token alone. */
export function fieldOfCheck(
  { fields }: KindForm,
  { id, field }: Pick<Check, 'id' | 'field'>,
  fieldOfPolicy: (path: Path) => Path,
): Path | null {
  // A check that requires something of an empty field leads to the field to fill in.
  const place = field === undefined || field === 'rules' ? id : field
  const home = fields.find(({ checks = [] }) => checks.includes(place))
  if (home) return stepsOf(home.path)
  if (field === undefined || field === 'rules') return null
  const path = field.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step))
  return fieldOfPolicy(path)
}

/** Returns the form field that a finding is about. A rule that is missing leads to the field of the claim that its fix binds. */
export function fieldOfFinding(
  { fields }: KindForm,
  { path, fix }: Pick<FindingAnswer, 'path' | 'fix'>,
  fieldOfPolicy: (path: Path) => Path,
): Path {
  if (path.length > 1 || path[0] !== 'rules') return fieldOfPolicy(path)
  const bound = fix?.changes.flatMap(({ value }) => ClaimRule.safeParse(value).data?.path ?? [])[0] ?? 'sub'
  const field = fields.find(({ claim, rules }) => claim === bound && rules)
  return field ? stepsOf(field.path) : fieldOfPolicy(path)
}
