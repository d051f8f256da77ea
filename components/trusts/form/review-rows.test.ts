import { describe, expect, test } from 'vitest'
import { type Compared, compare } from '@/lib/trust/analysis/compare'
import { type Kind, withKind } from '@/lib/trust/kinds'
import { type ClaimRule, TrustPolicy } from '@/lib/trust/policy'
import { views } from '../kinds'
import { diffTrusts } from './diff-trust'
import type { FormTrust } from './field'
import { reviewRows } from './review-rows'

const glob = (path: string, ...values: string[]): ClaimRule => ({
  path,
  matcher: { kind: 'glob-any', values },
  whenAbsent: 'refuse',
})

const trust = (more: object, kind: Kind = 'jwt'): FormTrust & Compared => ({
  ...TrustPolicy.parse({
    issuer: 'https://issuer.example',
    keys: [{ kind: 'jwks-url', url: 'https://issuer.example/jwks', caCert: '' }],
    ...more,
  }),
  ...{ enabled: true, name: 'payments' },
  ...withKind(kind, {}),
})

function rowsOf(before: ReturnType<typeof trust>, after: ReturnType<typeof trust>) {
  const { form } = views[after.kind]
  const rows = reviewRows(form, diffTrusts(form, before, after), compare(before, after).dimensions)
  return rows.map(({ label, effect }) => [label, effect?.relation])
}

describe('every row of a review says what its change does', () => {
  test.each<[string, object, object, [string, string]]>([
    ['an issuer that is no longer asked for', {}, { issuer: null }, ['Issuer', 'wider']],
    ['an audience that is no longer asked for', { rules: [glob('aud', 'a')] }, { rules: [] }, ['Audiences', 'wider']],
    ['a subject that is any text', { rules: [glob('sub', 'x')] }, { rules: [glob('sub', '*')] }, ['Subject', 'wider']],
    ['a claim that is asked for', {}, { rules: [glob('ref', 'main')] }, ['Claim ref', 'narrower']],
    [
      'a claim with another value',
      { rules: [glob('ref', 'a')] },
      { rules: [glob('ref', 'b')] },
      ['Claim ref', 'different'],
    ],
    ['algorithms', {}, { algorithms: ['ES256'] }, ['Algorithms', 'narrower']],
    [
      'another source of keys',
      {},
      { keys: [{ kind: 'jwks-url', url: 'https://other.example/jwks', caCert: '' }] },
      ['JWKS URL', 'different'],
    ],
    ['a switch', {}, { enabled: false }, ['Accept logins', 'narrower']],
    [
      'a lifetime',
      { lifetime: { clockSkewSeconds: 0, expirySkewSeconds: 0, requireExpiry: true, tokenAgeSecondsMax: null } },
      { lifetime: { clockSkewSeconds: 60, expirySkewSeconds: 0, requireExpiry: true, tokenAgeSecondsMax: null } },
      ['Clock skew', 'wider'],
    ],
    [
      'choice of keys',
      {},
      { keyUse: { unnamed: 'only', staleSecondsMax: null } },
      ['Tokens without a kid', 'narrower'],
    ],
  ])('%s', (_, before, after, expected) => {
    expect(rowsOf(trust(before), { ...trust(after), ...after })).toContainEqual(expected)
  })

  test.each<[string, object, [string, string]]>([
    [
      'a lifetime of access tokens',
      { ttlSeconds: 60, ttlSecondsMax: 120, usesMax: 0, trustedIps: ['0.0.0.0/0'] },
      ['Access token TTL', 'narrower'],
    ],
    [
      'addresses',
      { ttlSeconds: 900, ttlSecondsMax: 86_400, usesMax: 0, trustedIps: ['10.0.0.0/8'] },
      ['Trusted IPs', 'narrower'],
    ],
    ['uses', { ttlSeconds: 900, ttlSecondsMax: 86_400, usesMax: 1, trustedIps: ['0.0.0.0/0'] }, ['Uses', 'narrower']],
  ])('%s', (_, grant, expected) => {
    const wide = { ttlSeconds: 900, ttlSecondsMax: 86_400, usesMax: 0, trustedIps: ['0.0.0.0/0'] }
    expect(rowsOf(trust({ grant: wide }), trust({ grant }))).toContainEqual(expected)
  })

  test('roles of an issuer are the claim of their field', () => {
    const roles = (...values: string[]): ClaimRule => ({
      path: 'roles',
      matcher: { kind: 'subset-of', values },
      whenAbsent: 'allow',
    })
    const rows = rowsOf(trust({ rules: [roles('a')] }, 'issuer'), trust({ rules: [roles('a', 'b')] }, 'issuer'))
    expect(rows).toEqual([['Roles', 'wider']])
  })
})

test('a name, which decides nothing, has no effect', () => {
  const { form } = views['sign-in']
  expect(reviewRows(form, [{ label: 'Name', before: 'a', after: 'b', field: 'name' }], [])).toEqual([
    { label: 'Name', before: 'a', after: 'b', field: 'name', effect: null },
  ])
})
