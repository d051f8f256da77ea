import { type ClaimValue, findClaim, stringsOf } from '@/lib/trust/claims'
import { checkIssuer, checkRules, claimTypeFault } from '@/lib/trust/engine/checks/claim-checks'
import type { JsonObject } from '@/lib/trust/json/json'
import { definitionOf } from '@/lib/trust/kinds'
import { isPattern } from '@/lib/trust/matchers/glob'
import { fitsList, joinList } from '@/lib/trust/matchers/glob-list'
import type { ClaimRule } from '@/lib/trust/policy'
import { judgeTrustForm } from './judge-trust-form'
import type { Binding, KindForm } from './kind-form'
import type { TrustFormValues } from './values'

/** Longest value of a rule, in characters. */
const valueCharactersMax = 1024

/**
 * Requires of the claim at `path` the exact value in a token: issuer, audience and subject in their fields, other
 * claims as a row in place of the claim's row. A value that a row cannot hold (with surrounding white space) becomes a
 * rule of its own. Returns the changed fields, or why it cannot be bound.
 * @param claims all claims of the token: a binding that would still refuse it is none
 */
export function bindClaim(
  form: KindForm,
  values: TrustFormValues,
  path: string,
  claim: ClaimValue,
  claims: JsonObject | null = null,
): Binding<TrustFormValues> {
  const whole = claims && findClaim(claims, path)
  const fault = claimTypeFault(path, whole ?? claim)
  if (fault) return { ok: false, problem: `"${path}" cannot be bound. ${fault.message} ${fault.fix}` }
  const binding = form.bind?.[path]?.(values, claim) ?? bindingOf(form, values, path, claim)
  const refusal = binding.ok && claims ? refusalOf(form, { ...values, ...binding.changed }, path, claims) : null
  return refusal ? { ok: false, problem: `The token would still be refused. ${refusal}` } : binding
}

/** Returns the engine's objection to a claim under the form's rules; null when it accepts it. */
function refusalOf(form: KindForm, values: TrustFormValues, path: string, claims: JsonObject): string | null {
  const { policy } = judgeTrustForm(form, values)
  const { aud, sub, others } = checkRules(claims, policy.rules)
  const checks = [checkIssuer(claims, policy.issuer), ...aud, ...sub, ...others]
  const failed = checks.find(({ id, status }) => status === 'fail' && (id === path || id === `claim:${path}`))
  return failed ? `${failed.message} ${failed.fix ?? ''}`.trim() : null
}

/** Returns the rules on a claim, moved to the address under which a token has it, or why they cannot be moved. */
export function readdressClaim(values: TrustFormValues, from: string, to: string): Binding<TrustFormValues> {
  const isTaken = values.claims.some(({ key }) => key === to) || values.otherRules.some(({ rule }) => rule.path === to)
  if (isTaken) return { ok: false, problem: `"${to}" has a rule already. Remove the one on "${from}" by hand.` }
  if (values.claims.some(({ key }) => key === from)) {
    const claims = values.claims.map((row) => (row.key === from ? { ...row, key: to } : row))
    return { ok: true, changed: { claims }, field: 'claims' }
  }
  if (!values.otherRules.some(({ rule }) => rule.path === from))
    return { ok: false, problem: `There is no rule on "${from}" to change.` }
  const otherRules = values.otherRules.map((other) =>
    other.rule.path === from ? { ...other, rule: { ...other.rule, path: to } } : other,
  )
  return { ok: true, changed: { otherRules }, field: 'otherRules' }
}

function bindingOf(
  { kind }: KindForm,
  values: TrustFormValues,
  path: string,
  claim: ClaimValue,
): Binding<TrustFormValues> {
  const [text] = stringsOf(claim)
  if (text === undefined) return { ok: false, problem: `"${path}" is not a single value, so no rule can compare it.` }
  if (text === '') return { ok: false, problem: `"${path}" is empty; an empty value cannot be required.` }
  if (path === 'iss') {
    if (text !== text.trim()) return { ok: false, problem: 'The issuer begins or ends with blanks, which is refused.' }
    return { ok: true, changed: { issuer: text }, field: 'issuer' }
  }
  // An audience is compared exactly where the kind has no patterns for it.
  const isLiteral = path === 'aud' && definitionOf(kind).audienceMatcher === 'equals-any'
  const pattern = isLiteral ? text : literalPattern(text)
  if (pattern.length > valueCharactersMax) return { ok: false, problem: `"${path}" is too long to be required.` }

  const isTrimmed = pattern === pattern.trim()
  if (path === 'aud' && isTrimmed) {
    const audiences = values.audiences.includes(pattern) ? values.audiences : [...values.audiences, pattern]
    return { ok: true, changed: { audiences }, field: 'audiences' }
  }
  if (path === 'sub' && isTrimmed) return { ok: true, changed: { subject: pattern }, field: 'subject' }
  const isRow = !['aud', 'sub'].includes(path) && path === path.trim() && fitsList([pattern])
  if (!isRow) return { ok: true, changed: asRule(values, path, pattern), field: 'otherRules' }

  const row = { key: path, value: joinList([pattern]) }
  const at = values.claims.findIndex(({ key }) => key === path)
  const filled = values.claims.filter(({ key, value }) => key !== '' || value !== '')
  const claims = at < 0 ? [...filled, row] : values.claims.map((old, index) => (index === at ? row : old))
  return { ok: true, changed: { claims }, field: 'claims' }
}

/** Returns a pattern that matches this text only. */
export function literalPattern(text: string): string {
  return isPattern(text) ? text.replace(/[\\*?[\]{}()!@+|]/g, (sign) => `\\${sign}`) : text
}

function asRule(
  { otherRules, claims, subject }: TrustFormValues,
  path: string,
  pattern: string,
): Partial<TrustFormValues> {
  const rule: ClaimRule = { path, matcher: { kind: 'glob-any', values: [pattern] }, whenAbsent: 'refuse' }
  return {
    // After all rules of fields.
    otherRules: [...otherRules.filter((other) => other.rule.path !== path), { at: rulesMax, rule }],
    claims: claims.filter(({ key }) => key !== path),
    subject: path === 'sub' ? '' : subject,
  }
}

/** Maximum number of rules of a trust. */
const rulesMax = 100
