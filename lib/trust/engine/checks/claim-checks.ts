import { type ClaimValue, findClaim, typeFault } from '../../claims'
import type { JsonObject } from '../../json/json'
import { claimMatches, describeMatcher, explainMismatch, explanationStepsMax } from '../../matchers'
import { newWork, type Work } from '../../matchers/glob'
import type { ClaimRule, TrustPolicy } from '../../policy'
import { suggestAddress } from '../../suggest-address'
import type { Reason } from '../reasons'
import type { DecodedToken } from '../token'
import type { Check, CheckId } from '../verdict'
import { fail, fieldOf, pass, show, skip, warn } from './check'
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
    const fix = 'Give the trust an issuer: without one, any token that these keys sign is accepted.'
    return warn(id, 'No issuer is demanded.', { received, fix, field: fieldOf(id) })
  }
  const more = { received, expected: show(issuer), field: fieldOf(id) }
  if (iss === issuer) return pass(id, 'The issuer is the one this trust accepts.', more)
  if (iss === undefined)
    return fail(id, 'claim_missing', 'The token names no issuer ("iss").', { ...more, ...nearestOf(claims, 'iss') })
  const fault = claimTypeFault('iss', iss)
  if (fault || typeof iss !== 'string')
    return fail(id, 'issuer_mismatch', `The issuer has the wrong type. ${fault?.message}`, { ...more, fix: fault?.fix })
  const message = 'The issuer of the token is not the one this trust accepts.'
  return fail(id, 'issuer_mismatch', message, { ...more, fix: explainIssuer(issuer, iss) })
}

/**
 * `aud`, `sub` and `claim:<path>`: one check per rule, in this order. A missing `aud` or `sub` rule is mentioned. The rules share
 * the work that their patterns may cost; a rule for which none is left refuses.
 */
export function checkRules(claims: JsonObject, rules: TrustPolicy['rules']): Record<'aud' | 'sub' | 'others', Check[]> {
  const costs: Costs = { matching: newWork(), explaining: newWork(explanationStepsMax) }
  const checks = rules.map((rule, index) => ({ path: rule.path, check: checkRule(claims, rule, index, costs) }))
  const on = (path: string) => checks.flatMap((one) => (one.path === path ? [one.check] : []))
  const audience = on('aud')
  const subject = on('sub')
  return {
    aud: audience.length > 0 ? audience : [unbound('aud', 'No audience is demanded.', claims)],
    sub: subject.length > 0 ? subject : [unbound('sub', 'No subject is demanded.', claims)],
    others: checks.flatMap(({ path, check }) => (path in standard ? [] : [check])),
  }
}

const standard: Record<string, { name: string; reason: Reason }> = Object.assign(Object.create(null), {
  aud: { name: 'audience ("aud")', reason: 'audience_mismatch' },
  sub: { name: 'subject ("sub")', reason: 'subject_mismatch' },
})

function unbound(id: 'aud' | 'sub', message: string, claims: JsonObject): Check {
  const fix =
    id === 'aud'
      ? 'Give the trust an audience: without one, a token made for another service is accepted.'
      : 'Have the trust require the subject, or a claim, that identifies the one machine you mean.'
  return warn(id, message, { received: show(claims[id]), fix, field: fieldOf(id) })
}

/** What comparing and explaining have cost in this verdict. */
type Costs = { matching: Work; explaining: Work }

function checkRule(claims: JsonObject, rule: ClaimRule, index: number, { matching, explaining }: Costs): Check {
  const { path, matcher, whenAbsent } = rule
  const id: CheckId = path === 'aud' || path === 'sub' ? path : `claim:${path}`
  const { name, reason } = standard[path] ?? { name: `claim ${show(path)}`, reason: 'claim_mismatch' as const }
  const claim = findClaim(claims, path)
  const more = { expected: describeMatcher(matcher), received: show(claim), field: `rules.${index}` }
  if (claim === undefined) {
    if (whenAbsent === 'allow') return pass(id, `The ${name} is missing, which this trust allows.`, more)
    return fail(id, 'claim_missing', `The ${name} is missing from the token.`, { ...more, ...nearestOf(claims, path) })
  }
  const fault = claimTypeFault(path, claim)
  if (fault) return fail(id, reason, `The ${name} has the wrong type. ${fault.message}`, { ...more, fix: fault.fix })
  matching.isSpent = false
  if (claimMatches(matcher, claim, matching)) return pass(id, `The ${name} is one this trust accepts.`, more)
  if (matching.isSpent) {
    const message = `The ${name} was not compared: the patterns of this trust ask for more work than one login may cost.`
    return fail(id, 'rules_too_costly', message, { ...more, fix: 'Use fewer patterns, with fewer stars and braces.' })
  }
  const fix =
    explainMismatch(matcher, claim, explaining) ??
    'Have the token made with what the trust expects. Only if you mean to accept this value, name it in the trust.'
  return fail(id, reason, `The ${name} is not one this trust accepts.`, { ...more, fix })
}

/** Where the token may have the claim that a rule misses. An own field, such as `sub`, has one address only. */
function nearestOf(claims: JsonObject, path: string): { fix?: string; suggestion?: string } {
  if (Object.hasOwn(claims, path)) return { fix: 'It is an empty list.' }
  const suggestion = suggestAddress(claims, path)
  if (suggestion === null) return {}
  const isPlace = suggestion.split(/[./]/).some((step) => /^\d+$/.test(step))
  const fix = `The token has ${show(suggestion)}. Names and addresses of claims are compared letter for letter.${
    isPlace ? ' It is one place of a list, which another token may fill differently.' : ''
  }`
  return path in standard || path === 'iss' ? { fix } : { fix, suggestion }
}

/**
 * What is wrong with the type of a claim that RFC 7519 §4.1 fixes: `iss` and `sub` are text, `aud` text or a list of texts. Null
 * when it is right, and for every other claim.
 */
export function claimTypeFault(path: string, claim: ClaimValue): { message: string; fix: string } | null {
  if (path !== 'iss' && path !== 'sub' && path !== 'aud') return null
  const fault = typeFault(claim, { isListAllowed: path === 'aud' })
  if (!fault) return null
  const wanted = `"${path}" is ${path === 'aud' ? 'text or a list of texts' : 'text'} (RFC 7519 §4.1)`
  return {
    message: `${fault} where text is wanted.`,
    fix: `Have the issuer write it as text, in quotes: ${wanted}, and no trust can accept another type.`,
  }
}
