import type { Check } from '@/lib/trust/verdict'
import type { Path } from './to-trust-input'

/** Checks that ask for something although no field is filled in: where one would be. */
const homes: Readonly<Record<string, Path>> = {
  'keys.source': ['sources'],
  'keys.kid': ['sources'],
  'keys.usable': ['sources'],
  'keys.strength': ['sources'],
  signature: ['sources'],
  aud: ['audiences'],
  sub: ['subject'],
}

/** The form field that a check speaks about, or null when it speaks about the token alone. */
export function fieldOfCheck(
  { id, field }: Pick<Check, 'id' | 'field'>,
  fieldOfPolicy: (path: Path) => Path,
): Path | null {
  if (field === undefined || field === 'rules') return homes[id] ?? null
  if (field === 'grant.metadata') return ['mapped']
  if (field === 'grant') return ['grant', 'ttlSeconds']
  const path = field.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step))
  return fieldOfPolicy(path)
}
