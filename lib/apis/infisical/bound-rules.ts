import { fitsList, joinList, splitList } from '@/lib/trust/matchers/glob-list'
import { trimmedName } from '@/lib/trust/names'
import type { ClaimRule } from '@/lib/trust/policy'
import type { Trust } from '@/lib/trust/trust'
import { invalid } from '../field-issues'

/** Infisical's rules beside the issuer, as sent: comma lists in text. */
export type Bound = { boundAudiences: string; boundSubject: string; boundClaims: Record<string, string> }

/**
 * Converts audiences, subject and claims to rules; `""` is no rule. @throws AppError `invalid` for a subject bound
 * twice
 */
export function toRules(bound: Bound): ClaimRule[] {
  const names = Object.keys(bound.boundClaims).map(trimmedName)
  if (bound.boundSubject && names.includes('sub')) {
    const message = 'boundSubject binds the subject already.'
    throw invalid([{ path: ['boundClaims', 'sub'], code: 'bound_twice', message }])
  }
  const audiences = splitList(bound.boundAudiences)
  return [
    ...(audiences.length > 0 ? [rule('aud', audiences)] : []),
    ...(bound.boundSubject ? [rule('sub', [bound.boundSubject])] : []),
    ...Object.entries(bound.boundClaims).map(([path, value]) => rule(trimmedName(path), splitList(value))),
  ]
}

const rule = (path: string, values: string[]): ClaimRule => ({
  path,
  matcher: { kind: 'glob-any', values },
  whenAbsent: 'refuse',
})

/** Converts rules back; null for rules that this API cannot represent. */
export function fromRules(rules: Trust['rules']): Bound | null {
  const bound: Bound = { boundAudiences: '', boundSubject: '', boundClaims: {} }
  const seen = new Set<string>()
  for (const { path, matcher, whenAbsent } of rules) {
    if (matcher.kind !== 'glob-any' || whenAbsent !== 'refuse' || seen.has(path)) return null
    seen.add(path)
    const [first = ''] = matcher.values
    if (path === 'sub' && matcher.values.length === 1 && first.trim() === first) {
      bound.boundSubject = first
      continue
    }
    if (!fitsList(matcher.values)) return null
    if (path === 'aud') bound.boundAudiences = joinList(matcher.values)
    else Object.defineProperty(bound.boundClaims, path, { value: joinList(matcher.values), enumerable: true })
  }
  return bound
}
