import fc from 'fast-check'
import { expect, test } from 'vitest'
import { propertyRuns } from '@/e2e/fixtures/property-runs'
import { withKind } from '@/lib/trust/kinds'
import { TrustPolicy } from '@/lib/trust/policy'
import { jwtAuthForm } from '../kinds/jwt-auth/form'
import { diffTrusts } from './diff-trust'

const trust = (more: object = {}) => ({
  ...TrustPolicy.parse({ keys: [{ kind: 'jwks-url', url: 'https://a.example/jwks' }], ...more }),
  enabled: true,
  name: 'ci',
  ...withKind('jwt', { inactiveKeys: null }),
})
const rule = (path: string, ...values: string[]) => ({ path, matcher: { kind: 'glob-any', values } })

test('the same trust has no changes, whatever the order of its rules', () => {
  const rules = [rule('aud', 'a'), rule('ref', 'main')]
  expect(diffTrusts(jwtAuthForm, trust({ rules }), trust({ rules: [...rules].reverse() }))).toEqual([])
})

test('each changed field is named with what was and what will be', () => {
  const before = trust({ issuer: 'https://a', rules: [rule('aud', 'a'), rule('ref', 'main')] })
  const after = trust({ rules: [rule('aud', 'a', 'b')], grant: { ttlSeconds: 900 } })
  expect(diffTrusts(jwtAuthForm, before, after)).toEqual([
    { label: 'Audiences', before: '"a"', after: 'one of "a", "b"', field: 'audiences' },
    { label: 'Access token TTL', before: '30d = 2592000 s', after: '15m = 900 s', field: 'grant.ttlSeconds' },
    { label: 'Issuer', before: 'https://a', after: null, field: 'issuer' },
    { label: 'Claim ref', before: '"main"', after: null, field: 'claims' },
  ])
})

test('a new trust shows every field as new', () => {
  const changes = diffTrusts(jwtAuthForm, null, trust())
  expect(changes.every(({ before }) => before === null)).toBe(true)
  expect(changes.map(({ label }) => label)).toContain('JWKS URL')
})

test('another CA certificate and another key are changes although their kind is the same', () => {
  const source = (caCert: string) => ({ keys: [{ kind: 'jwks-url', url: 'https://a.example/jwks', caCert }] })
  const pem = (end: string) => `-----BEGIN CERTIFICATE-----\nMIIB${end}\n-----END CERTIFICATE-----`
  expect(diffTrusts(jwtAuthForm, trust(source(pem('AAAA'))), trust(source(pem('BBBB'))))).toHaveLength(1)
})

test('no key hides behind another: without a kid, of one kid, or in another order', () => {
  const jwk = (x: string, kid?: string) => ({
    kind: 'inline-jwk' as const,
    jwk: { kty: 'OKP', x, ...(kid === undefined ? {} : { kid }) },
  })
  const url = { kind: 'jwks-url' as const, url: 'https://a.example/jwks', caCert: '' }
  const key = fc.oneof(
    fc.record({ x: fc.constantFrom('1', '2', '3') }).map(({ x }) => jwk(x)),
    fc.constantFrom('a', 'without kid').map((kid) => jwk('1', kid)),
    fc.constant(url),
    fc.constant({ ...url, url: 'https://b.example/jwks' }),
    fc.constantFrom('AAAA', 'BBBB').map((end) => ({ kind: 'static-pem' as const, pem: end })),
  )
  const keys = fc.array(key, { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(keys, keys, (one, other) => {
      const isSame = JSON.stringify(one) === JSON.stringify(other)
      expect(diffTrusts(jwtAuthForm, trust({ keys: one }), trust({ keys: other })).length === 0).toBe(isSame)
    }),
    { numRuns: propertyRuns(1000) },
  )
})

test('a difference that no field of the form shows is a change as well', () => {
  const changes = (more: object) => diffTrusts(jwtAuthForm, trust(), trust(more)).map(({ label }) => label)
  expect(changes({ keyUse: { unnamed: 'only', staleSecondsMax: 60 } })).toEqual([
    'Tokens without a kid',
    'Last good keys serve',
  ])
  expect(changes({ grant: { carry: { roles: 'texts' } } })).toEqual(['Claims carried'])
  expect(changes({ grant: { metadata: { team: 'groups.0' } } })).toEqual(['Claims passed on'])
})
