import fc from 'fast-check'
import { expect, test } from 'vitest'
import { webUrl } from '@/e2e/fixtures/web-url'
import { TrustInput } from '@/lib/apis/admin/trusts/wire'
import { type Kind, withKind } from '@/lib/trust/kinds'
import { SignInOptions } from '@/lib/trust/kinds/sign-in'
import { type ClaimRule, TrustPolicy } from '@/lib/trust/policy'
import { views } from '../kinds'
import { issuerForm } from '../kinds/issuer/form'
import { jwtAuthForm } from '../kinds/jwt-auth/form'
import { placesOfParts } from './common-fields'
import type { FormTrust } from './field'
import { emptySourceRow } from './source-rows'
import { toTrustInput } from './to-trust-input'
import { emptyTrustForm, toFormValues, valuesOf } from './trust-form'

const glob = (path: string, ...values: string[]): ClaimRule => ({
  path,
  matcher: { kind: 'glob-any', values },
  whenAbsent: 'refuse',
})

const stored = (more: object, kind: Kind = 'jwt', options: object = {}): FormTrust => ({
  ...TrustPolicy.parse({ keys: [{ kind: 'jwks-url', url: 'https://issuer.example/jwks', caCert: '' }], ...more }),
  enabled: true,
  name: 'payments',
  ...withKind(kind, options),
})

/** The body that an unedited form sends, without the place and the name, which it does not set. */
function roundTrip(trust: ReturnType<typeof stored>) {
  const { form } = views[trust.kind]
  return form.sent.parse(toTrustInput(form, toFormValues(form, trust)).input)
}

const policyOf = ({ kind: _, name: __, options: ___, ...policy }: ReturnType<typeof stored>) => policy

test('an unedited stored trust comes out of the form as it went in', () => {
  const trust = stored({
    issuer: 'https://issuer.example/',
    rules: [glob('aud', 'a', 'b,c'), glob('sub', 'repo:{x,y}, z'), glob('ref', 'refs/heads/*', 'main'), glob('2', 'x')],
    lifetime: { clockSkewSeconds: 20, expirySkewSeconds: 10, requireExpiry: false, tokenAgeSecondsMax: 60 },
    grant: { ttlSeconds: 60, ttlSecondsMax: 120, usesMax: 3, trustedIps: ['10.0.0.0/8'] },
    algorithms: ['ES256'],
  })
  expect(roundTrip(trust)).toEqual(policyOf(trust))
})

test('rules without a field are kept, each at its place', () => {
  const trust = stored({
    rules: [
      { path: 'prm', matcher: { kind: 'within-bitmask', mask: '7' }, whenAbsent: 'allow' },
      glob('aud', 'a'),
      glob('aud', 'b'),
      glob('role', ' with blanks '),
      glob('ref', 'main'),
    ],
  })
  expect(toFormValues(jwtAuthForm, trust).otherRules.map(({ rule }) => rule.path)).toEqual(['prm', 'aud', 'role'])
  expect(roundTrip(trust)).toEqual(policyOf(trust))
})

test('sources of every kind, mixed and in any order, come out of the form as they went in', () => {
  const source = fc.oneof(
    fc.record({ kind: fc.constantFrom('jwks-url' as const, 'oidc-discovery' as const), url: webUrl() }),
    fc.record({ kind: fc.constant('static-pem' as const), pem: fc.stringMatching(/^[A-Z]{1,8}$/) }),
    fc.record({
      kind: fc.constant('inline-jwk' as const),
      jwk: fc.record({ kty: fc.constant('OKP'), kid: fc.string() }),
    }),
  )
  fc.assert(
    fc.property(
      fc.constantFrom<Kind>('jwt', 'oidc'),
      fc.array(source, { minLength: 1, maxLength: 6 }),
      (kind, keys) => {
        const trust = stored({ keys }, kind)
        expect(roundTrip(trust).keys).toEqual(trust.keys)
      },
    ),
  )
})

test('an issuer keeps its URL, supplied keys, roles, permissions, project, and what no field shows', () => {
  const rules = [
    { path: 'aud', matcher: { kind: 'equals-any' as const, values: ['a*'] }, whenAbsent: 'refuse' as const },
    { path: 'roles', matcher: { kind: 'subset-of' as const, values: ['admin'] }, whenAbsent: 'allow' as const },
    {
      path: 'prm',
      matcher: { kind: 'within-bitmask' as const, mask: '18446744073709551615' },
      whenAbsent: 'allow' as const,
    },
  ]
  for (const keys of [
    [{ kind: 'inline-jwk', jwk: { kty: 'OKP', kid: 'a' } }],
    [{ kind: 'jwks-url', url: 'https://issuer.example/jwks', caCert: '' }],
    [
      { kind: 'jwks-url', url: 'https://issuer.example/jwks', caCert: '' },
      { kind: 'inline-jwk', jwk: { kty: 'OKP', kid: 'a' } },
    ],
  ]) {
    const trust = stored(
      { issuer: 'https://issuer.example', keys, rules, keyUse: { unnamed: 'only', staleSecondsMax: 60 } },
      'issuer',
      { project: 'web', internal: false, static: false },
    )
    const values = toFormValues(issuerForm, trust)
    expect(values).toMatchObject({ audiences: ['a*'], roles: ['admin'], prm: '18446744073709551615', project: 'web' })
    expect(values.sources.map(({ kind }) => kind)).toEqual(['jwks-url', 'inline-jwk'])
    expect(roundTrip(trust)).toEqual({ ...policyOf(trust), method: 'issuer', project: 'web' })
  }
})

test('claims that OIDC passes on come out as they went in, and a wrong one is named on its row', () => {
  const metadata = { team: 'groups.0', __proto__x: 'a', env: 'environment' }
  const trust = stored({ issuer: 'https://issuer.example', grant: { metadata } }, 'oidc')
  expect(roundTrip(trust)).toEqual(policyOf(trust))
  const { form } = views.oidc
  const values = toFormValues(form, trust)
  values.mapped.push({ key: '', value: '' }, { key: 'ref', value: '' })
  const { input, fieldOf } = toTrustInput(form, values)
  expect(input).toMatchObject({ grant: { metadata: { ...metadata, ref: '' } } })
  expect(fieldOf(['grant', 'metadata', 'ref'])).toEqual(['mapped', 4, 'value'])
})

test('a sign-in keeps its name and options; its owner is not the form’s to send', () => {
  const options = SignInOptions.omit({ owner: true }).parse({
    jwtEndpoint: 'https://gateway.example/jwt',
    role: 'member',
  })
  const trust = stored({ issuer: 'https://issuer.example', rules: [glob('sub', '*')] }, 'sign-in', {
    ...options,
    owner: 'organization',
  })
  expect(roundTrip(trust)).toEqual({ ...policyOf(trust), method: 'sign-in', name: 'payments', signIn: options })
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
  const row = emptySourceRow('static-pem')
  row['jwks-url'].url = 'https://issuer.example/jwks'
  row['static-pem'] = [{ pem: 'PEM' }]
  const values = { ...emptyTrustForm(jwtAuthForm), sources: [row] }
  expect(toTrustInput(jwtAuthForm, values).input.keys).toEqual([{ kind: 'static-pem', pem: 'PEM' }])
  row.kind = 'jwks-url'
  expect(toTrustInput(jwtAuthForm, values).input.keys).toEqual([
    { kind: 'jwks-url', url: 'https://issuer.example/jwks', caCert: '' },
  ])
})

test('keys and certificates are saved byte for byte, for other clients compare them; blanks alone are nothing', () => {
  const pems = emptySourceRow('static-pem')
  pems['static-pem'] = [{ pem: ' PEM\r\n' }, { pem: ' \n' }]
  const url = emptySourceRow('jwks-url')
  url['jwks-url'] = { url: ' https://issuer.example/jwks ', caCert: 'CA\n' }
  const { keys } = toTrustInput(jwtAuthForm, { ...emptyTrustForm(jwtAuthForm), sources: [pems, url] }).input
  expect(keys).toEqual([
    { kind: 'static-pem', pem: ' PEM\r\n' },
    { kind: 'jwks-url', url: 'https://issuer.example/jwks', caCert: 'CA\n' },
  ])
})

test('a source that was added and left empty is no source; the first one must say something', () => {
  const url = emptySourceRow('jwks-url')
  url['jwks-url'].url = 'https://issuer.example/jwks'
  const keysOf = (...sources: (typeof url)[]) =>
    toTrustInput(jwtAuthForm, { ...emptyTrustForm(jwtAuthForm), sources }).input.keys
  expect(keysOf(emptySourceRow('static-pem'), url, emptySourceRow('oidc-discovery'))).toHaveLength(1)
  expect(keysOf(emptySourceRow('static-pem'), emptySourceRow('inline-jwk'))).toEqual([{ kind: 'static-pem', pem: '' }])
})

test('every place of the draft leads back to the field it came from', () => {
  const url = emptySourceRow('jwks-url')
  url['jwks-url'].url = 'https://issuer.example/jwks'
  const values = {
    ...emptyTrustForm(jwtAuthForm),
    sources: [{ ...emptySourceRow('static-pem'), 'static-pem': [{ pem: '' }, { pem: 'second' }] }, url],
    audiences: ['a', 'b'],
    subject: 's',
    claims: [
      { key: '', value: '' },
      { key: 'ref', value: 'main' },
    ],
    otherRules: [{ at: 0, rule: glob('x', 'y') }],
  }
  values.grant.trustedIps = ['', '10.0.0.0/8']
  const { fieldOf } = toTrustInput(jwtAuthForm, values)
  expect(fieldOf(['keys', 0, 'pem'])).toEqual(['sources', 0, 'static-pem', 1, 'pem'])
  expect(fieldOf(['keys', 1, 'caCert'])).toEqual(['sources', 1, 'jwks-url', 'caCert'])
  expect(fieldOf(['rules', 0, 'matcher'])).toEqual(['otherRules', 0])
  expect(fieldOf(['rules', 1, 'matcher', 'values', 1])).toEqual(['audiences', 1])
  expect(fieldOf(['rules', 2])).toEqual(['subject'])
  expect(fieldOf(['rules', 3, 'path'])).toEqual(['claims', 1, 'key'])
  expect(fieldOf(['rules', 3, 'matcher', 'values', 0])).toEqual(['claims', 1, 'value'])
  expect(fieldOf(['grant', 'trustedIps', 0])).toEqual(['grant', 'trustedIps', 1])
  expect(fieldOf(['grant', 'ttlSeconds'])).toEqual(['grant', 'ttlSeconds'])
  expect(fieldOf(['issuer'])).toEqual(['issuer'])
})

test('an unreadable part of a stored trust is empty in the form and must be given again', () => {
  const values = valuesOf(jwtAuthForm, { ...storedTrust, unreadable: ['keys', 'grant'] })
  const { sources, grant } = emptyTrustForm(jwtAuthForm)
  expect(values).toMatchObject({ sources, grant, issuer: 'https://issuer.example' })
  expect(valuesOf(jwtAuthForm, storedTrust).sources).not.toEqual(sources)
})

const at = '2026-01-01T00:00:00.000Z'
const id = '00000000-0000-4000-8000-000000000000'
const storedTrust = {
  ...TrustPolicy.parse({
    issuer: 'https://issuer.example',
    keys: [{ kind: 'jwks-url', url: 'https://unreadable.invalid/', caCert: '' }],
  }),
  ...{ id, organizationId: id, identityId: id, name: 'ci', enabled: true, version: 1 },
  ...withKind('jwt', { inactiveKeys: null }),
  ...{ createdAt: at, updatedAt: at },
}

test.each(Object.values(views))('the form of $form.kind has a field for every part of a draft', ({ form }) => {
  const paths = form.fields.map(({ path }) => path)
  // Where an identity or an issuer gives the kind and the name, no field does.
  const given = form.sent === TrustInput ? ['kind', 'name'] : form.kind === 'issuer' ? ['name'] : []
  const places = Object.values(placesOfParts).filter((place) => place !== null && !given.includes(place))
  for (const place of places)
    expect(
      paths.some((path) => path.split('.')[0] === place),
      String(place),
    ).toBe(true)
})
