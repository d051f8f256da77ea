import { type ClaimValue, findClaim } from '../claims'
import { claimTypeFault } from '../engine/checks/claim-checks'
import type { JsonObject } from '../json/json'
import { claimMatches } from '../matchers'
import type { Work } from '../matchers/glob'
import type { ClaimRule } from '../policy'

/** A claim as an example: its value, or that it is not there. */
export type Example = { absent: true } | { value: ClaimValue }

/** Whether the rules accept claims, by the engine's own comparison; null when comparing costs more than is left. */
export function acceptsClaims(rules: readonly ClaimRule[], claims: JsonObject, work: Work): boolean | null {
  for (const { path, matcher, whenAbsent } of rules) {
    const claim = findClaim(claims, path)
    if (claim === undefined && whenAbsent === 'allow') continue
    if (claim === undefined || claimTypeFault(path, claim)) return false
    const isMatch = claimMatches(matcher, claim, work)
    if (work.isSpent) return null
    if (!isMatch) return false
  }
  return true
}

/** As `acceptsClaims`, for rules on one address and the claim that is found there. */
export const acceptsExample = (rules: readonly ClaimRule[], example: Example, work: Work): boolean | null =>
  acceptsClaims(rules, 'value' in example ? { [rules[0]?.path ?? '']: example.value } : {}, work)
