import { type ClaimValue, findClaim, stringsOf } from '@/lib/trust/claims'
import { claimTypeFault } from '@/lib/trust/engine/checks/claim-checks'
import type { Check, Verdict } from '@/lib/trust/engine/verdict'

/** Returns the claim that would pass a failed check if it were required: address and value in the token; else null. */
export function bindableClaim(
  { id, status }: Pick<Check, 'id' | 'status'>,
  claims: Verdict['claims'],
): { path: string; value: ClaimValue } | null {
  if (status !== 'fail' || !claims) return null
  const path = id.startsWith('claim:') ? id.slice('claim:'.length) : id
  if (path === id && !['iss', 'aud', 'sub'].includes(id)) return null
  const value = findClaim(claims, path)
  if (value === undefined || claimTypeFault(path, value)) return null
  const texts = stringsOf(value)
  const [only] = texts
  // Of several values only the user knows which is meant; the table of claims offers each.
  return texts.length === 1 && only ? { path, value: only } : null
}
