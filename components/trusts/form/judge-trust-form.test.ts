import { expect, test } from 'vitest'
import { views } from '../kinds'
import { judgeKeys, judgeTrustForm } from './judge-trust-form'
import { emptySourceRow } from './source-rows'
import { emptyTrustForm } from './trust-form'
import type { TrustFormValues } from './values'

const url = emptySourceRow('jwks-url')
url['jwks-url'].url = 'https://issuer.example/jwks'
const filled = (more: Partial<TrustFormValues> = {}): TrustFormValues => ({
  ...emptyTrustForm(views.jwt.form),
  sources: [url],
  ...more,
})
const judge = <Values extends TrustFormValues>(values: Values) => judgeTrustForm(views[values.kind].form, values)
const placesOf = <Values extends TrustFormValues>(values: Values) =>
  judge(values).issues.map(({ path }) => path.join('.'))

test('a URL is enough for a trust; without one the field is named', () => {
  expect(judge(filled()).input).toMatchObject({ issuer: null, rules: [] })
  expect(placesOf(emptyTrustForm(views.jwt.form))).toEqual(['sources.0.jwks-url.url'])
})

test('a wrong field is left out of what is judged by, is named, and the rest still counts', () => {
  const judged = judge(
    filled({
      issuer: 'https://issuer.example',
      audiences: ['a'],
      claims: [
        { key: 'ref', value: '' },
        { key: 'role', value: 'x' },
      ],
      grant: { ttlSeconds: Number.NaN, ttlSecondsMax: 60, usesMax: 0, trustedIps: ['nonsense'] },
    }),
  )
  expect(judged.input).toBeNull()
  expect(judged.policy.issuer).toBe('https://issuer.example')
  expect(judged.policy.rules.map(({ path }) => path)).toEqual(['aud', 'role'])
  expect(judged.leftOut.map((path) => path.join('.'))).toEqual([
    'claims.0.value',
    'grant.ttlSeconds',
    'grant.trustedIps.0',
  ])
  expect(judged.fieldOfPolicy(['rules', 1])).toEqual(['claims', 1, 'value'])
})

test('more rules than a trust has are an error of the claims, and all are judged by meanwhile', () => {
  const claims = Array.from({ length: 99 }, (_, at) => ({ key: `claim${at}`, value: 'x' }))
  const judged = judge(filled({ audiences: ['a'], subject: 'b', claims }))
  expect(judged.issues).toMatchObject([{ path: ['claims'], message: expect.stringContaining('at most 100 rules') }])
  expect(judged.input).toBeNull()
  expect(judged.policy.rules).toHaveLength(101)
})

test('with no usable key, and with no algorithm, the policy accepts no token', () => {
  const { policy } = judge({ ...emptyTrustForm(views.jwt.form), algorithms: [] })
  expect(policy.keys).toEqual([])
  expect(policy.algorithms).toEqual([])
})

test('a duplicate claim and a claim that has a field of its own are refused on their rows', () => {
  const claims = ['ref', 'ref', 'aud'].map((key) => ({ key, value: 'x' }))
  expect(placesOf(filled({ claims }))).toEqual(['claims.1.key', 'claims.2.key'])
})

test('a TTL beyond its maximum is refused on the TTL, but not when the maximum is open', () => {
  const grant = { usesMax: 0, trustedIps: ['::/0'], ttlSeconds: 61 }
  expect(placesOf(filled({ grant: { ...grant, ttlSecondsMax: 60 } }))).toEqual(['grant.ttlSeconds'])
  expect(placesOf(filled({ grant: { ...grant, ttlSecondsMax: 0 } }))).toEqual([])
})

test('text that is no key or certificate is refused in its own box', async () => {
  const pems = { ...emptySourceRow('static-pem'), 'static-pem': [{ pem: '' }, { pem: 'my shared secret' }] }
  const withCa = { ...url, 'jwks-url': { ...url['jwks-url'], caCert: 'nonsense' } }
  const places = (await judgeKeys(views.jwt.form, filled({ sources: [pems, withCa] }))).map(({ path }) =>
    path.join('.'),
  )
  expect(places).toEqual(['sources.0.static-pem.1.pem', 'sources.1.jwks-url.caCert'])
})

test('an issuer must be named, and filed under a project', () => {
  const issuer = { ...emptyTrustForm(views.issuer.form), sources: [url, emptySourceRow('inline-jwk')] }
  expect(placesOf(issuer).sort()).toEqual(['issuer', 'project'])
  expect(placesOf({ ...issuer, issuer: 'https://issuer.example', project: 'web' })).toEqual([])
})

test('OIDC must name its issuer: a provider’s keys alone say nothing of whom its tokens are from', () => {
  const row = emptySourceRow('oidc-discovery')
  row['oidc-discovery'].url = 'https://issuer.example'
  const oidc = { ...emptyTrustForm(views.oidc.form), sources: [row] }
  expect(placesOf(oidc)).toEqual(['issuer'])
  expect(placesOf({ ...oidc, issuer: 'https://issuer.example' })).toEqual([])
})

test('two supplied keys of one kid are refused on the second', () => {
  const keys = {
    ...emptySourceRow('inline-jwk'),
    'inline-jwk': ['a', 'b', 'a'].map((kid) => ({ json: `{"kid":"${kid}"}` })),
  }
  expect(placesOf(filled({ sources: [url, keys] }))).toEqual(['sources.1.inline-jwk.2.json'])
})

test('a permission mask that is no 64-bit number is refused on its field', () => {
  const issuer = {
    ...emptyTrustForm(views.issuer.form),
    sources: [url],
    issuer: 'https://issuer.example',
    project: 'web',
  }
  expect(placesOf({ ...issuer, prm: '18446744073709551615' })).toEqual([])
  expect(placesOf({ ...issuer, prm: '18446744073709551616' })).toEqual(['prm'])
})

test('a sign-in must have a name, an issuer and the gateway’s address', () => {
  const signIn = { ...emptyTrustForm(views['sign-in'].form), sources: [url] }
  expect(placesOf(signIn).sort()).toEqual(['issuer', 'name', 'signIn.jwtEndpoint'])
})
