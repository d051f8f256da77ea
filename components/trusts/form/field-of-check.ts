import type { Check } from '@/lib/trust/engine/verdict'
import { stepsOf } from './field'
import type { KindForm } from './kind-form'
import type { Path } from './path'

/** The form field that a check is about, or null when it is about the token alone. */
export function fieldOfCheck(
  { fields }: KindForm,
  { id, field }: Pick<Check, 'id' | 'field'>,
  fieldOfPolicy: (path: Path) => Path,
): Path | null {
  // A check that asks for something although no field is filled in leads to where one would be.
  const place = field === undefined || field === 'rules' ? id : field
  const home = fields.find(({ checks = [] }) => checks.includes(place))
  if (home) return stepsOf(home.path)
  if (field === undefined || field === 'rules') return null
  const path = field.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step))
  return fieldOfPolicy(path)
}
