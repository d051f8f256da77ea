import { type ClaimValue, stringsOf } from '@/lib/trust/claims'
import { isPattern } from '@/lib/trust/matchers/glob'
import { fitsList } from '@/lib/trust/matchers/glob-list'
import type { ClaimRule } from '@/lib/trust/trust'
import type { TrustFormValues } from './trust-form'

type Bound = Pick<TrustFormValues, 'issuer' | 'audiences' | 'subject' | 'claims' | 'otherRules'>

/** The longest value a rule can hold, in characters. */
const valueCharactersMax = 1024

/**
 * Demands of the claim at `path` exactly the value it has in a token: issuer, audience and subject in their own fields,
 * every other claim as a row, replacing the row of the same claim. A value that a row cannot spell (with a comma)
 * becomes a rule of its own. Answers the changed fields, or why it cannot be bound.
 */
export function bindClaim(
  values: Bound,
  path: string,
  claim: ClaimValue,
): { ok: true; changed: Partial<Bound>; field: keyof Bound } | { ok: false; problem: string } {
  const [text] = stringsOf(claim)
  if (text === undefined) return { ok: false, problem: `"${path}" is not a single value, so no rule can compare it.` }
  if (text === '') return { ok: false, problem: `"${path}" is empty; an empty value cannot be demanded.` }
  if (path === 'iss') {
    if (text !== text.trim()) return { ok: false, problem: 'The issuer begins or ends with blanks, which is refused.' }
    return { ok: true, changed: { issuer: text }, field: 'issuer' }
  }
  const pattern = literalPattern(text)
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
