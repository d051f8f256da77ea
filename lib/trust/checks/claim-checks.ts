import { type ClaimValue, findClaim } from '../claims'
import type { JsonObject } from '../json'
import { claimMatches, describeMatcher, explainMismatch } from '../matchers'
import type { Reason } from '../reasons'
import type { DecodedToken } from '../token'
import type { ClaimRule, TrustPolicy } from '../trust'
import type { Check, CheckId } from '../verdict'
import { fail, pass, show, skip, warn } from './check'
import { explainIssuer } from './issuer-difference'

/** `claims.json`. */
export function checkClaimsJson({ claims }: DecodedToken): Check {
  const id = 'claims.json'
  if (claims.ok) return pass(id, 'The claims are a JSON object without duplicate members.')
  if (claims.code === 'unread' || claims.code === 'depth') return skip(id, 'The claims were not read.')
  return fail(id, 'claims_malformed', `The claims cannot be read: ${claims.message}.`, {
    expected: 'a JSON object without duplicate members',
  })
}

/** `iss`: letter for letter. Differences are explained, never forgiven. */
export function checkIssuer(claims: JsonObject, issuer: string | null): Check {
  const id = 'iss'
  const { iss } = claims
  const received = show(iss)
  if (issuer === null) {
    const fix = 'Bind the issuer: without it, any token that these keys sign is believed.'
    return warn(id, 'No issuer is demanded.', { received, fix, field: 'issuer' })
  }
  const more = { received, expected: show(issuer), field: 'issuer' }
  if (iss === issuer) return pass(id, 'The issuer is the one this trust believes.', more)
  if (iss === undefined) return fail(id, 'claim_missing', 'The token names no issuer ("iss").', more)
  if (typeof iss !== 'string') return fail(id, 'issuer_mismatch', 'The issuer in the token is not text.', more)
  const message = 'The issuer of the token is not the one this trust believes.'
  return fail(id, 'issuer_mismatch', message, { ...more, fix: explainIssuer(issuer, iss) })
}

/** `aud`, `sub` and `claim:<path>`: one check per rule, in this order. A missing `aud` or `sub` rule is mentioned. */
export function checkRules(claims: JsonObject, rules: TrustPolicy['rules']): Record<'aud' | 'sub' | 'others', Check[]> {
  const on = (path: string) =>
    rules.flatMap((rule, index) => (rule.path === path ? [checkRule(claims, rule, index)] : []))
  const audience = on('aud')
  const subject = on('sub')
  return {
    aud: audience.length > 0 ? audience : [unbound('aud', 'No audience is demanded.', claims)],
    sub: subject.length > 0 ? subject : [unbound('sub', 'No subject is demanded.', claims)],
    others: rules.flatMap((rule, index) => (rule.path in standard ? [] : [checkRule(claims, rule, index)])),
  }
}

const standard: Record<string, { name: string; reason: Reason }> = Object.assign(Object.create(null), {
  aud: { name: 'audience ("aud")', reason: 'audience_mismatch' },
  sub: { name: 'subject ("sub")', reason: 'subject_mismatch' },
})

function unbound(id: 'aud' | 'sub', message: string, claims: JsonObject): Check {
  const fix =
    id === 'aud'
      ? 'Bind the audience: else a token made for another service is believed.'
      : 'Bind the subject, or a claim that names the one machine you mean.'
  return warn(id, message, { received: show(claims[id]), fix, field: 'rules' })
}

function checkRule(claims: JsonObject, { path, matcher, whenAbsent }: ClaimRule, index: number): Check {
  const id: CheckId = path === 'aud' || path === 'sub' ? path : `claim:${path}`
  const { name, reason } = standard[path] ?? { name: `claim ${show(path)}`, reason: 'claim_mismatch' as const }
  const claim = findClaim(claims, path)
  const more = { expected: describeMatcher(matcher), received: show(claim), field: `rules.${index}` }
  if (claim === undefined) {
    if (whenAbsent === 'allow') return pass(id, `The ${name} is missing, which this trust allows.`, more)
    return fail(id, 'claim_missing', `The ${name} is missing from the token.`, more)
  }
  if (hasRightType(path, claim) && claimMatches(matcher, claim))
    return pass(id, `The ${name} is one this trust accepts.`, more)
  const fix = explainMismatch(matcher, claim) ?? 'If this is the token you mean, bind what it says.'
  return fail(id, reason, `The ${name} is not one this trust accepts.`, { ...more, fix })
}

/** RFC 7519 §4.1.2 and §4.1.3: `sub` is text, `aud` text or a list of texts. */
function hasRightType(path: string, claim: ClaimValue): boolean {
  if (path === 'sub') return typeof claim === 'string'
  if (path !== 'aud') return true
  return typeof claim === 'string' || (Array.isArray(claim) && claim.every((value) => typeof value === 'string'))
}
