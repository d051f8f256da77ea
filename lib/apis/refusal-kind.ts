import type { ErrorKind } from '@/lib/errors'
import { rowOf } from '@/lib/trust/engine/check-table'
import type { Check } from '@/lib/trust/engine/verdict'

/** Reasons whose refusal is not the one of their check (docs/verification.md). */
const byReason: Partial<Record<string, ErrorKind>> = {
  // The source answers, and names another issuer: a retry changes nothing.
  key_source_issuer: 'forbidden',
  // A fault on our side, which the caller can do nothing about.
  trust_unreadable: 'unavailable',
}

/** Returns what the refusal of a token is, by the check that decided it; the same for every API that takes logins. */
export const refusalKind = ({ id, reason }: Pick<Check, 'id' | 'reason'>): ErrorKind =>
  (reason !== undefined && Object.hasOwn(byReason, reason) ? byReason[reason] : undefined) ?? rowOf(id).refusal

/** As long as an unreachable key source is left alone. */
export const retryAfterSeconds = 5
