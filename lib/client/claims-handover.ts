import type { JsonObject } from '@/lib/trust/json/json'

/** Claims that a decision kept, without a signature, and when it was made. */
export type RecordedClaims = { claims: JsonObject; at: string }

/** Passes claims of a decision to the editor of its trust. In memory only: no URL, history entry, storage or request holds them. */
let waiting: RecordedClaims | null = null

/** Hands claims over to the next editor. */
export function offerClaims(claims: RecordedClaims): void {
  waiting = claims
}

/** Returns the waiting claims, once. */
export function takeClaims(): RecordedClaims | null {
  const taken = waiting
  waiting = null
  return taken
}
