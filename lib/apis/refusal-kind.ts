import type { ErrorKind } from '@/lib/errors'
import type { Check } from '@/lib/trust/engine/verdict'

/** Kind of error by the decisive check (docs/verification.md, "Checks"); each envelope maps it to a status. */
const kinds: Partial<Record<Check['id'], ErrorKind>> = {
  method: 'not-found',
  'keys.source': 'unavailable',
  iss: 'forbidden',
  aud: 'forbidden',
  sub: 'forbidden',
  ip: 'forbidden',
  grant: 'forbidden',
}

/** What the refusal of a token is, by the check that decided it; for every API whose callers log in. */
export function refusalKind({ id, reason }: Pick<Check, 'id' | 'reason'>): ErrorKind {
  // A provider that names another issuer is available, and a retry would change nothing (docs/verification.md).
  if (reason === 'key_source_issuer') return 'forbidden'
  // A fault on our side, which the caller can do nothing about.
  if (reason === 'trust_unreadable') return 'unavailable'
  return kinds[id] ?? (id.startsWith('claim:') ? 'forbidden' : 'unauthenticated')
}

/** As long as an unreachable key source is left alone. */
export const retryAfterSeconds = 5
