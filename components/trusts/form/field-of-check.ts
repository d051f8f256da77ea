import type { Check } from '@/lib/trust/engine/verdict'
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
