import { describe, expect, test } from 'vitest'
import { jsonPatch } from '@/lib/trust/json/json-patch'
import { type Kind, withKind } from '@/lib/trust/kinds'
import { type ClaimRule, TrustPolicy } from '@/lib/trust/policy'
import type { JudgedPolicy } from '@/lib/trust/posture/subject'
import { views } from '../kinds'
import { changesOfFix, fixForm } from './fix-form'
import { toTrustInput } from './to-trust-input'
import { toFormValues } from './trust-form'
import type { TrustFormValues } from './values'

const glob = (path: string, ...values: string[]): ClaimRule => ({
  path,
  matcher: { kind: 'glob-any', values },
  whenAbsent: 'refuse',
})

const equals = (path: string, ...values: string[]): ClaimRule => ({
  path,
  matcher: { kind: 'equals-any', values },
  whenAbsent: 'refuse',
})

const trust = (more: object = {}, kind: Kind = 'jwt'): JudgedPolicy => ({
  ...TrustPolicy.parse({
    issuer: 'https://issuer.example',
    keys: [{ kind: 'jwks-url', url: 'http://issuer.example/jwks', caCert: '' }],
    ...more,
  }),
  ...{ enabled: true, name: 'payments' },
  ...withKind(kind, kind === 'jwt' ? { inactiveKeys: null } : {}),
})

/** Applies what leads from one trust to another to a form of the first, in which some values are typed. */
function fixed(
  before: JudgedPolicy,
  after: JudgedPolicy,
  typed: Partial<TrustFormValues> = {},
  leftOut: string[][] = [],
) {
  const { form } = views[before.kind]
  const values = { ...toFormValues(form, before), ...typed }
  const fix = fixForm(form, values, { policy: before, leftOut }, jsonPatch(before, after))
  return { fix, values: fix.ok ? { ...values, ...fix.changed } : values, form }
}

describe('a fix of the draft, in the form', () => {
  test.each<[string, object, object, Kind?]>([
    ['a rule on a claim', {}, { rules: [glob('repository_owner_id', '65')] }],
    [
      'an audience',
      { rules: [glob('sub', 'x')] },
      { rules: [glob('aud', 'https://keybound.example'), glob('sub', 'x')] },
    ],
    ['a subject', { rules: [glob('sub', 'repo:o/*')] }, { rules: [glob('sub', 'repo:o/r:ref:refs/heads/main')] }],
    ['the issuer', { issuer: null }, { issuer: 'https://other.example' }],
    ['a key source', {}, { keys: [{ kind: 'jwks-url', url: 'https://issuer.example/jwks', caCert: '' }] }],
    [
      'a lifetime',
      {},
      { lifetime: { clockSkewSeconds: 0, expirySkewSeconds: 0, requireExpiry: true, tokenAgeSecondsMax: 600 } },
    ],
    ['algorithms', {}, { algorithms: ['ES256'] }],
    ['a grant', {}, { grant: { ttlSeconds: 60, ttlSecondsMax: 120, usesMax: 3, trustedIps: ['10.0.0.0/8'] } }],
    ['an audience of an OIDC trust', {}, { rules: [glob('aud', 'a')] }, 'oidc'],
  ])('%s: what the form then sends is the fixed trust', (_, before, after, kind = 'jwt') => {
    const [old, now] = [trust(before, kind), trust({ ...before, ...after }, kind)]
    const { values, form } = fixed(old, now)
    const sent = form.sent.parse(toTrustInput(form, values).input)
    expect({ ...sent, ...withKind(kind, form.optionsOf(sent)), name: old.name }).toEqual(now)
  })

  test('says old and new of what it changes, and of nothing else', () => {
    const [before, after] = [trust({ rules: [glob('sub', 'repo:o/*')] }), trust({ rules: [glob('sub', 'repo:o/r')] })]
    const changes = changesOfFix(views.jwt.form, before, jsonPatch(before, after))
    expect(changes).toEqual([{ label: 'Subject', before: '"repo:o/*"', after: '"repo:o/r"', field: 'subject' }])
  })

  test('an exact rule becomes a row of bound claims, with signs of patterns taken literally', () => {
    const { values } = fixed(trust(), trust({ rules: [equals('ref', 'refs/heads/a*')] }))
    expect(values.claims).toEqual([{ key: 'ref', value: 'refs/heads/a\\*' }])
    expect(values.otherRules).toEqual([])
  })

  test('a rule that was exact before stays as it is', () => {
    const { values } = fixed(
      trust({ rules: [equals('ref', 'main')] }),
      trust({ rules: [equals('ref', 'main'), glob('sub', 'x')] }),
    )
    expect(values.otherRules.map(({ rule }) => rule)).toEqual([equals('ref', 'main')])
  })

  test('what is typed in other fields stays, invalid as it may be', () => {
    const typed = {
      issuer: 'not a URL',
      grant: { ttlSeconds: -1, ttlSecondsMax: 86_400, usesMax: 0, trustedIps: ['x'] },
    }
    const before = trust({ grant: { ttlSecondsMax: 86_400 } })
    const after = trust({ grant: { ttlSecondsMax: 3600 } })
    const { values } = fixed(before, after, typed, [['issuer'], ['grant', 'ttlSeconds'], ['grant', 'trustedIps']])
    expect(values.issuer).toBe('not a URL')
    expect(values.grant).toEqual({ ...typed.grant, ttlSecondsMax: 3600 })
  })

  test('is refused where it would replace an invalid value, with the name of the field', () => {
    const rows = [{ key: 'ref', value: '' }]
    const { fix } = fixed(trust(), trust({ rules: [glob('environment', 'prod')] }), { claims: rows }, [['claims']])
    expect(fix).toEqual({ ok: false, problem: 'Correct Bound claims first.' })
  })

  test('is refused where the draft is another one', () => {
    const { form } = views.jwt
    const steps = [{ op: 'replace' as const, path: '/rules/3/path', value: 'x' }]
    const fix = fixForm(form, toFormValues(form, trust()), { policy: trust(), leftOut: [] }, steps)
    expect(fix).toEqual({ ok: false, problem: 'The form has changed since this finding was made.' })
  })
})
