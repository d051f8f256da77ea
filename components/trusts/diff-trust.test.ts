import { expect, test } from 'vitest'
import { TrustPolicy } from '@/lib/trust/trust'
import { diffTrusts } from './diff-trust'

const trust = (more: object = {}) => ({
  ...TrustPolicy.parse({ keys: [{ kind: 'jwks-url', url: 'https://a.example/jwks' }], ...more }),
  enabled: true,
})
const rule = (path: string, ...values: string[]) => ({ path, matcher: { kind: 'glob-any', values } })

test('the same trust has no changes, whatever the order of its rules', () => {
  const rules = [rule('aud', 'a'), rule('ref', 'main')]
  expect(diffTrusts(trust({ rules }), trust({ rules: [...rules].reverse() }))).toEqual([])
})

test('each changed field is named with what was and what will be', () => {
  const before = trust({ issuer: 'https://a', rules: [rule('aud', 'a'), rule('ref', 'main')] })
  const after = trust({ rules: [rule('aud', 'a', 'b')], grant: { ttlSeconds: 900 } })
  expect(diffTrusts(before, after)).toEqual([
    { label: 'Audiences', before: '"a"', after: 'one of "a", "b"' },
    { label: 'Access token TTL', before: '30d = 2592000 s', after: '15m = 900 s' },
    { label: 'Issuer', before: 'https://a', after: null },
    { label: 'Claim ref', before: '"main"', after: null },
  ])
})

test('a new trust shows every field as new', () => {
  const changes = diffTrusts(null, trust())
  expect(changes.every(({ before }) => before === null)).toBe(true)
  expect(changes.map(({ label }) => label)).toContain('JWKS URL')
})

test('another CA certificate and another key are changes although their kind is the same', () => {
  const source = (caCert: string) => ({ keys: [{ kind: 'jwks-url', url: 'https://a.example/jwks', caCert }] })
  const pem = (end: string) => `-----BEGIN CERTIFICATE-----\nMIIB${end}\n-----END CERTIFICATE-----`
  expect(diffTrusts(trust(source(pem('AAAA'))), trust(source(pem('BBBB'))))).toHaveLength(1)
})
