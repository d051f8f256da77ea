import type { ClaimValue } from '../claims'
import type { JsonObject } from '../json/json'
import { newWork, type Work } from '../matchers/glob'
import type { ClaimRule, TrustPolicy } from '../policy'
import { acceptsClaims } from './accepts'
import { claimLanguage, findMembers } from './claim-language'
import { plausibleTexts } from './plausible'
import { newQuestion } from './question'

/** Whether two trusts accept the same claims; if so, such claims. */
export type Overlap = { overlaps: true; claims: JsonObject } | { overlaps: false } | 'unknown'

type Accepting = Pick<TrustPolicy, 'issuer' | 'rules'>

/**
 * Tells whether two trusts accept a common set of plausible claims, whatever keys sign it. Only issuer and rules count: claims of
 * time are the same for all trusts.
 */
export function overlap(one: Accepting, other: Accepting, work: Work = newQuestion()): Overlap {
  if (one.issuer !== null && other.issuer !== null && one.issuer !== other.issuer) return { overlaps: false }
  const issuer = one.issuer ?? other.issuer
  const rules = [...one.rules, ...other.rules]
  const found: [string, ClaimValue][] = issuer === null ? [] : [['iss', issuer]]
  for (const path of new Set(rules.map((rule) => rule.path))) {
    const members = findClaimOf(
      rules.filter((rule) => rule.path === path),
      issuer,
      work,
    )
    if (members === null) return work.isSpent ? 'unknown' : { overlaps: false }
    if (members !== 'absent') found.push([path, members])
  }
  // A claim is found by its address as a plain name first, so claims of different addresses are independent of each other.
  const claims: JsonObject = Object.fromEntries(found)
  const isAccepted = acceptsClaims(rules, claims, newWork())
  return isAccepted ? { overlaps: true, claims } : 'unknown'
}

function findClaimOf(rules: readonly ClaimRule[], issuer: string | null, work: Work): ClaimValue | 'absent' | null {
  const [rule] = rules
  const language = claimLanguage(rules)
  if (!language) work.isSpent = true
  if (!language || !rule) return null
  if (rule.path === 'iss' && issuer !== null) {
    return acceptsClaims(rules, { iss: issuer }, newWork()) ? issuer : null
  }
  const members = findMembers(language, work, plausibleTexts(rules))
  if (members !== null) return members.length === 1 ? (members[0] ?? null) : members
  return language.isAbsentAccepted ? 'absent' : null
}
