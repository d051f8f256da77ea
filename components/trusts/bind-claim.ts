import { type ClaimValue, stringsOf } from '@/lib/trust/claims'
import { isPattern } from '@/lib/trust/matchers/glob'
import { fitsList } from '@/lib/trust/matchers/glob-list'
import type { ClaimRule } from '@/lib/trust/trust'
import { uint64Of } from '@/lib/trust/uint64'
import { audienceMatcherOf, type TrustFormValues } from './trust-form'

type Bound = Pick<TrustFormValues, 'issuer' | 'audiences' | 'subject' | 'claims' | 'roles' | 'prm' | 'otherRules'>

type Binding = { ok: true; changed: Partial<Bound>; field: keyof Bound } | { ok: false; problem: string }

/** The longest value a rule can hold, in characters. */
const valueCharactersMax = 1024

/**
 * Demands of the claim at `path` exactly the value it has in a token: issuer, audience and subject in their own fields,
 * every other claim as a row, replacing the row of the same claim. A value that a row cannot spell (with a comma)
 * becomes a rule of its own. Answers the changed fields, or why it cannot be bound.
 */
export function bindClaim(values: Bound & Pick<TrustFormValues, 'method'>, path: string, claim: ClaimValue): Binding {
  if (values.method === 'issuer' && path === 'roles') return bindRoles(values, claim)
  if (values.method === 'issuer' && path === 'prm') return bindPermissions(values, claim)
  const [text] = stringsOf(claim)
  if (text === undefined) return { ok: false, problem: `"${path}" is not a single value, so no rule can compare it.` }
  if (text === '') return { ok: false, problem: `"${path}" is empty; an empty value cannot be demanded.` }
  if (path === 'iss') {
    if (text !== text.trim()) return { ok: false, problem: 'The issuer begins or ends with blanks, which is refused.' }
    return { ok: true, changed: { issuer: text }, field: 'issuer' }
  }
  // An audience is compared letter for letter where the method has no patterns for it.
  const isLiteral = path === 'aud' && audienceMatcherOf[values.method] === 'equals-any'
  const pattern = isLiteral ? text : literalPattern(text)
  if (pattern.length > valueCharactersMax) return { ok: false, problem: `"${path}" is too long to be demanded.` }

  const isTrimmed = pattern === pattern.trim()
  if (path === 'aud' && isTrimmed) {
    const audiences = values.audiences.includes(pattern) ? values.audiences : [...values.audiences, pattern]
    return { ok: true, changed: { audiences }, field: 'audiences' }
  }
  if (path === 'sub' && isTrimmed) return { ok: true, changed: { subject: pattern }, field: 'subject' }
  const isRow = !['aud', 'sub'].includes(path) && path === path.trim() && fitsList([pattern])
  if (!isRow) return { ok: true, changed: asRule(values, path, pattern), field: 'otherRules' }

  const row = { key: path, value: pattern }
  const at = values.claims.findIndex(({ key }) => key === path)
  const filled = values.claims.filter(({ key, value }) => key !== '' || value !== '')
  const claims = at < 0 ? [...filled, row] : values.claims.map((old, index) => (index === at ? row : old))
  return { ok: true, changed: { claims }, field: 'claims' }
}

/** Allows the roles of this token, beside those that were. */
function bindRoles({ roles }: Bound, claim: ClaimValue): Binding {
  const added = stringsOf(claim).filter((role) => role !== '' && role === role.trim())
  if (added.length === 0) return { ok: false, problem: 'The token says no roles.' }
  return { ok: true, changed: { roles: [...new Set([...roles, ...added])] }, field: 'roles' }
}

/** Allows the permissions of this token, beside those that were. */
function bindPermissions({ prm }: Bound, claim: ClaimValue): Binding {
  const said = uint64Of(claim)
  if (said === null) return { ok: false, problem: '"prm" is no whole number from 0 to 18446744073709551615.' }
  if (said === 0n) return { ok: false, problem: 'The token says no permissions, and a mask of 0 would allow all.' }
  return { ok: true, changed: { prm: String((uint64Of(prm) ?? 0n) | said) }, field: 'prm' }
}

/** A pattern that this text matches and no other. */
export function literalPattern(text: string): string {
  return isPattern(text) ? text.replace(/[\\*?[\]{}()!@+|,]/g, (sign) => `\\${sign}`) : text
}

function asRule({ otherRules, claims, subject }: Bound, path: string, pattern: string): Partial<Bound> {
  const rule: ClaimRule = { path, matcher: { kind: 'glob-any', values: [pattern] }, whenAbsent: 'refuse' }
  return {
    // Behind everything the form spells itself.
    otherRules: [...otherRules.filter((other) => other.rule.path !== path), { at: rulesMax, rule }],
    claims: claims.filter(({ key }) => key !== path),
    subject: path === 'sub' ? '' : subject,
  }
}

/** As many rules as a trust may have. */
const rulesMax = 100
