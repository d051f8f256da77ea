import type { ErrorKind } from '@/lib/errors'
import { rowOf } from '@/lib/trust/engine/check-table'
import type { Check } from '@/lib/trust/engine/verdict'

/** Reasons whose kind differs from that of their check (docs/verification.md). */
const byReason: Partial<Record<string, ErrorKind>> = {
  // The source answers, and names another issuer: a retry changes nothing.
  key_source_issuer: 'forbidden',
  name_with_other_id: 'forbidden',
  trust_frozen: 'forbidden',
  // A fault of this server, which the caller cannot resolve.
  trust_unreadable: 'unavailable',
}

/** Returns the kind of error of a refusal, by its decisive check; the same for every API with logins. */
export const refusalKind = ({ id, reason }: Pick<Check, 'id' | 'reason'>): ErrorKind =>
  (reason !== undefined && Object.hasOwn(byReason, reason) ? byReason[reason] : undefined) ?? rowOf(id).refusal

/** How long a failed key source is not asked again. */
export const retryAfterSeconds = 5
