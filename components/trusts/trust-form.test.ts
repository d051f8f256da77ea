import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TrustInput } from '@/lib/apis/admin/trusts/wire'
import { type ClaimRule, TrustPolicy } from '@/lib/trust/trust'
import { toTrustInput } from './to-trust-input'
import { emptyTrustForm, toFormValues } from './trust-form'

const glob = (path: string, ...values: string[]): ClaimRule => ({
  path,
  matcher: { kind: 'glob-any', values },
  whenAbsent: 'refuse',
})

const stored = (more: object) => ({
  ...TrustPolicy.parse({ keys: [{ kind: 'jwks-url', url: 'https://issuer.example/jwks', caCert: '' }], ...more }),
  enabled: true,
})

const roundTrip = (trust: ReturnType<typeof stored>) => TrustInput.parse(toTrustInput(toFormValues('jwt', trust)).input)

test('a stored trust that nobody edits comes out of the form as it went in', () => {
  const trust = stored({
    issuer: 'https://issuer.example/',
    rules: [glob('aud', 'a', 'b,c'), glob('sub', 'repo:{x,y}, z'), glob('ref', 'refs/heads/*', 'main'), glob('2', 'x')],
    lifetime: { clockSkewSeconds: 30, requireExpiry: false, tokenAgeSecondsMax: 60 },
    grant: { ttlSeconds: 60, ttlSecondsMax: 120, usesMax: 3, trustedIps: ['10.0.0.0/8'] },
    algorithms: ['ES256'],
  })
  expect(roundTrip(trust)).toEqual(trust)
})

test('rules and keys the form has no words for are kept, each at its place', () => {
  const trust = stored({
    keys: [
      { kind: 'inline-jwk', jwk: { kty: 'RSA', kid: 'a' } },
      { kind: 'jwks-url', url: 'https://issuer.example/jwks' },
      { kind: 'jwks-url', url: 'https://other.example/jwks' },
    ],
    rules: [
      { path: 'prm', matcher: { kind: 'within-bitmask', mask: '7' }, whenAbsent: 'allow' },
      glob('aud', 'a'),
      glob('aud', 'b'),
      glob('role', 'with,comma'),
      glob('ref', 'main'),
    ],
  })
  const values = toFormValues('jwt', trust)
  expect(values.otherKeys).toHaveLength(2)
  expect(values.otherRules.map(({ rule }) => rule.path)).toEqual(['prm', 'aud', 'role'])
  expect(roundTrip(trust)).toEqual(trust)
})

test('any set of rules survives the form; only their order may change', () => {
  const path = fc.constantFrom('aud', 'sub', 'iss', 'ref', 'a.b', '/a/b', '__proto__', '7', ' x', 'constructor')
  const value = fc.string({ minLength: 1, maxLength: 12 })
  const rule = fc.record({
    path,
    matcher: fc.oneof(
      fc.record({ kind: fc.constant('glob-any' as const), values: fc.array(value, { minLength: 1, maxLength: 3 }) }),
      fc.record({ kind: fc.constant('equals-any' as const), values: fc.array(value, { minLength: 1, maxLength: 3 }) }),
    ),
    whenAbsent: fc.constantFrom('refuse' as const, 'allow' as const),
  })
  const sorted = (rules: readonly unknown[]) => rules.map((each) => JSON.stringify(each)).sort()
  fc.assert(
    fc.property(fc.array(rule, { maxLength: 6 }), (rules) => {
      const trust = stored({ rules })
      expect(sorted(roundTrip(trust).rules ?? [])).toEqual(sorted(trust.rules))
    }),
  )
})

test('switching the kind of keys keeps what was typed in the other', () => {
  const values = emptyTrustForm('jwt')
  values.sources['jwks-url'].url = 'https://issuer.example/jwks'
  values.sources['static-pem'] = [{ pem: 'PEM' }]
  expect(toTrustInput({ ...values, keyKind: 'static-pem' }).input.keys).toEqual([{ kind: 'static-pem', pem: 'PEM' }])
  expect(toTrustInput(values).input.keys).toEqual([
    { kind: 'jwks-url', url: 'https://issuer.example/jwks', caCert: '' },
  ])
})

test('every place of the draft leads back to the field it came from', () => {
  const values = {
    ...emptyTrustForm('jwt'),
    keyKind: 'static-pem' as const,
    audiences: ['a', 'b'],
    subject: 's',
    claims: [
      { key: '', value: '' },
      { key: 'ref', value: 'main' },
    ],
    otherRules: [{ at: 0, rule: glob('x', 'y') }],
  }
  values.sources['static-pem'] = [{ pem: '' }, { pem: 'second' }]
  values.grant.trustedIps = ['', '10.0.0.0/8']
  const { fieldOf } = toTrustInput(values)
  expect(fieldOf(['keys', 0, 'pem'])).toEqual(['sources', 'static-pem', 1, 'pem'])
  expect(fieldOf(['rules', 0, 'matcher'])).toEqual(['otherRules', 0])
  expect(fieldOf(['rules', 1, 'matcher', 'values', 1])).toEqual(['audiences', 1])
  expect(fieldOf(['rules', 2])).toEqual(['subject'])
  expect(fieldOf(['rules', 3, 'path'])).toEqual(['claims', 1, 'key'])
  expect(fieldOf(['rules', 3, 'matcher', 'values', 0])).toEqual(['claims', 1, 'value'])
  expect(fieldOf(['grant', 'trustedIps', 0])).toEqual(['grant', 'trustedIps', 1])
  expect(fieldOf(['grant', 'ttlSeconds'])).toEqual(['grant', 'ttlSeconds'])
  expect(fieldOf(['issuer'])).toEqual(['issuer'])
})
