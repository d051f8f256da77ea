import { plainAddress } from '../claims'
import { isIssuerTemplate } from '../issuer-template'
import { isPattern } from '../matchers/glob'
import type { ClaimRule, TrustPolicy } from '../policy'

/**
 * Returns a policy whose issuer is the one that a rule on `iss` binds, for questions about the trust. A policy with an issuer, or
 * whose rules leave several, is returned as it is. The rule stays, so that places of rules do not change.
 */
export function withIssuerOfRules<Policy extends Pick<TrustPolicy, 'issuer' | 'rules'>>(policy: Policy): Policy {
  if (policy.issuer !== null) return policy
  const at = issuerRuleOf(policy.rules)
  return at === null ? policy : { ...policy, issuer: exactIssuer(policy.rules[at]) }
}

/** The place of the rule that binds the issuer exactly, or null. */
export function issuerRuleOf(rules: readonly ClaimRule[]): number | null {
  const at = rules.findIndex((rule) => plainAddress(rule.path) === 'iss' && exactIssuer(rule) !== null)
  return at === -1 ? null : at
}

function exactIssuer(rule: ClaimRule | undefined): string | null {
  if (rule?.whenAbsent !== 'refuse') return null
  const { matcher } = rule
  if (matcher.kind !== 'glob-any' && matcher.kind !== 'equals-any') return null
  const [issuer, ...others] = matcher.values
  if (issuer === undefined || others.length > 0 || isIssuerTemplate(issuer)) return null
  return matcher.kind === 'glob-any' && isPattern(issuer) ? null : issuer
}
