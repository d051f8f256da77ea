import type { BindWay } from '@/lib/trust/bind-way'
import { type ClaimValue, findClaim, stringsOf } from '@/lib/trust/claims'
import { checkIssuer, checkRules, claimTypeFault } from '@/lib/trust/engine/checks/claim-checks'
import type { JsonObject } from '@/lib/trust/json/json'
import { definitionOf } from '@/lib/trust/kinds'
import { literalPattern } from '@/lib/trust/matchers/glob'
import { fitsList, joinList, splitList } from '@/lib/trust/matchers/glob-list'
import type { ClaimRule } from '@/lib/trust/policy'
import { judgeTrustForm } from './judge-trust-form'
import type { Binding, KindForm } from './kind-form'
import type { TrustFormValues } from './values'

/** How a value is bound where there are values already. */
export type Way = BindWay

/** Longest value of a rule, in characters. */
const valueCharactersMax = 1024

/**
 * Requires of the claim at `path` the exact value in a token: issuer, audience and subject in their fields, other
 * claims as a row in place of the claim's row. A value that a row cannot hold (with surrounding white space) becomes a
 * rule of its own. Returns the changed fields, or why it cannot be bound.
 * @param claims all claims of the token: a binding that would still refuse it is none
 * @param how in place of the values there are, or beside them; usually an audience beside, all others in place
 */
export function bindClaim(
  form: KindForm,
  values: TrustFormValues,
  path: string,
  claim: ClaimValue,
  claims: JsonObject | null = null,
  how: Way = 'usual',
): Binding<TrustFormValues> {
  const whole = claims && findClaim(claims, path)
  const fault = how === 'exists' ? null : claimTypeFault(path, whole ?? claim)
  if (fault) return { ok: false, problem: `"${path}" cannot be bound. ${fault.message} ${fault.fix}` }
  const own = how === 'exists' || how === 'pattern' ? undefined : form.bind?.[path]
  const binding = own?.(values, claim) ?? bindingOf(form, values, path, claim, how)
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
  how: Way,
): Binding<TrustFormValues> {
  if (how === 'exists') return requiredToExist(values, path)
  const [text] = stringsOf(claim)
  if (text === undefined) return { ok: false, problem: `"${path}" is not a single value, so no rule can compare it.` }
  if (text === '') return { ok: false, problem: `"${path}" is empty; an empty value cannot be required.` }
  if (path === 'iss') {
    if (text !== text.trim()) return { ok: false, problem: 'The issuer begins or ends with spaces, which is refused.' }
    return { ok: true, changed: { issuer: text }, field: 'issuer' }
  }
  // An audience is compared exactly where the kind has no patterns for it.
  const isLiteral = path === 'aud' && definitionOf(kind).audienceMatcher === 'equals-any'
  const wide = how === 'pattern' && !isLiteral ? patternOf(text) : null
  if (how === 'pattern' && wide === null) {
    return { ok: false, problem: `"${path}" has no part behind a / or : that could be left open. Bind it exactly.` }
  }
  const pattern = wide ?? (isLiteral ? text : literalPattern(text))
  if (pattern.length > valueCharactersMax) return { ok: false, problem: `"${path}" is too long to be required.` }

  const isTrimmed = pattern === pattern.trim()
  // A rule that no field holds would be asked beside the field.
  const hasOther = values.otherRules.some(({ rule }) => rule.path === path)
  const alone = hasOther ? { otherRules: values.otherRules.filter(({ rule }) => rule.path !== path) } : {}
  const isHeld = hasOther || values.claims.some(({ key }) => key === path) || (path === 'sub' && values.subject !== '')
  if (how === 'add' && isHeld) return besideOthers(values, path, pattern)
  if (path === 'aud' && isTrimmed) {
    const before = how === 'replace' || how === 'pattern' ? [] : values.audiences
    const audiences = before.includes(pattern) ? before : [...before, pattern]
    return { ok: true, changed: { audiences, ...(how === 'replace' ? alone : {}) }, field: 'audiences' }
  }
  if (path === 'sub' && isTrimmed) return { ok: true, changed: { subject: pattern, ...alone }, field: 'subject' }
  const isRow = !['aud', 'sub'].includes(path) && path === path.trim() && fitsList([pattern])
  if (!isRow) {
    const beside = path === 'aud' && how !== 'replace' ? values.audiences : []
    return { ok: true, changed: asRule(values, path, ...beside, pattern), field: 'otherRules' }
  }

  const row = { key: path, value: joinList([pattern]) }
  const at = values.claims.findIndex(({ key }) => key === path)
  const filled = values.claims.filter(({ key, value }) => key !== '' || value !== '')
  const claims = at < 0 ? [...filled, row] : values.claims.map((old, index) => (index === at ? row : old))
  return { ok: true, changed: { claims, ...alone }, field: 'claims' }
}

/** Requires that a claim is there, whatever it says. */
function requiredToExist(values: TrustFormValues, path: string): Binding<TrustFormValues> {
  if (path === 'iss' || path === 'aud')
    return {
      ok: false,
      problem: `The presence of "${path}" alone does not say who the token is from or for. Bind its value.`,
    }
  const { otherRules, ...rest } = asRule(values, path)
  const rules = (otherRules ?? []).map((other) =>
    other.rule.path === path ? { ...other, rule: { ...other.rule, matcher: { kind: 'exists' as const } } } : other,
  )
  return { ok: true, changed: { ...rest, otherRules: rules }, field: 'otherRules' }
}

/** The value with its last part behind a `/` or `:` left open; null where it has only one part. */
function patternOf(text: string): string | null {
  const end = Math.max(text.lastIndexOf('/'), text.lastIndexOf(':'))
  return end > 0 && end < text.length - 1 ? `${literalPattern(text.slice(0, end + 1))}*` : null
}

/** The value as one more of the rule on the claim, wherever the form holds that rule. */
function besideOthers(values: TrustFormValues, path: string, pattern: string): Binding<TrustFormValues> {
  const row = values.claims.find(({ key }) => key === path)
  const joined = row && [...splitList(row.value), pattern]
  if (joined && fitsList(joined)) {
    const claims = values.claims.map((old) => (old === row ? { ...old, value: joinList(joined) } : old))
    return { ok: true, changed: { claims }, field: 'claims' }
  }
  const other = values.otherRules.find(({ rule }) => rule.path === path)
  const matcher = other?.rule.matcher
  const held = joined?.slice(0, -1) ?? (path === 'sub' && values.subject !== '' ? [values.subject.trim()] : null)
  if (held) return { ok: true, changed: asRule(values, path, ...held, pattern), field: 'otherRules' }
  if (!other || matcher?.kind !== 'glob-any') {
    return { ok: false, problem: `No value can be added to the rule on "${path}". Change it by hand.` }
  }
  const rule: ClaimRule = { ...other.rule, matcher: { ...matcher, values: [...matcher.values, pattern] } }
  const otherRules = values.otherRules.map((old) => (old === other ? { ...old, rule } : old))
  return { ok: true, changed: { otherRules }, field: 'otherRules' }
}

function asRule(
  { otherRules, claims, subject, audiences }: TrustFormValues,
  path: string,
  ...patterns: string[]
): Partial<TrustFormValues> {
  const rule: ClaimRule = { path, matcher: { kind: 'glob-any', values: patterns }, whenAbsent: 'refuse' }
  return {
    // After all rules of fields.
    otherRules: [...otherRules.filter((other) => other.rule.path !== path), { at: rulesMax, rule }],
    claims: claims.filter(({ key }) => key !== path),
    subject: path === 'sub' ? '' : subject,
    audiences: path === 'aud' ? [] : audiences,
  }
}

/** Maximum number of rules of a trust. */
const rulesMax = 100
