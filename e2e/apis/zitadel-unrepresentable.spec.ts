import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openOnPurpose } from '../fixtures/open-on-purpose'
import { createAuthority } from '../peers/tls-authority'
import { type Installation, install } from './installation'
import { config, expectError, fresh, idpCalls, idps, ok } from './zitadel-calls'

let here: Installation
beforeAll(async () => {
  here = await install()
})
afterAll(() => here.stop())

const { template } = idpCalls(() => here)
const trusts = '/api/admin/trusts'
const jwks = { kind: 'jwks-url', url: config.keysEndpoint, caCert: '' }
const rule = (path: string, matcher: object, whenAbsent = 'refuse') => ({ path, matcher, whenAbsent })
const staff = rule('sub', { kind: 'glob-any', values: ['staff-*'] })
const domain = rule('hd', { kind: 'equals-any', values: ['custom.com'] })
const audience = (...values: string[]) => rule('aud', { kind: 'equals-any', values })

/** A provider made in the dashboard. */
async function made(more: Record<string, unknown>): Promise<string> {
  const { jwtEndpoint, issuer, headerName } = config
  const signIn = { jwtEndpoint, headerName }
  const sent = { method: 'sign-in', name: fresh(), issuer, keys: [jwks], signIn, ...openOnPurpose, ...more }
  const answer = await here.admin.post(trusts, sent)
  expect(answer.status, answer.text).toBe(201)
  return answer.body.id
}

const stored = (id: string) => here.db.trust.findUniqueOrThrow({ where: { id } })

/** Good bodies that change something, by where they are put. */
const changes: [string, () => Record<string, unknown>][] = [
  ['/jwt_config', () => ({ ...config, issuer: 'https://new.example' })],
  ['', () => ({ name: fresh(), autoRegister: true })],
  ['generic_jwt', () => ({ name: fresh(), ...config, issuer: 'https://new.example' })],
]
const pathOf = (id: string, place: string) =>
  place === 'generic_jwt' ? `${idps}/${place}/${id}` : `${idps}/${id}${place}`

describe.each(changes)('PUT …%s', (place, body) => {
  test('keeps what it does not show: rules, their order, the CA certificate, lifetime, algorithms', async () => {
    const id = await made({
      rules: [audience('keybound'), staff, domain],
      keys: [{ ...jwks, caCert: createAuthority().cert }],
      lifetime: { clockSkewSeconds: 3, requireExpiry: true, tokenAgeSecondsMax: 60 },
      algorithms: ['ES256'],
    })
    const { rules, keys, lifetime, algorithms, version } = await stored(id)
    expect(rules).toContain('staff-*')
    expect(keys).toContain('BEGIN CERTIFICATE')
    await ok(here.admin.put(pathOf(id, place), body()))
    expect(await stored(id)).toMatchObject({ rules, keys, lifetime, algorithms, version: version + 1 })
  })
})

test('removing an audience removes no other rule', async () => {
  const id = await made({ rules: [audience('keybound'), staff, domain] })
  await ok(here.admin.put(`${idps}/generic_jwt/${id}`, { name: fresh(), ...config, audience: '' }))
  expect((await template(id)).config.jwt).not.toHaveProperty('audience')
  expect(JSON.parse((await stored(id)).rules)).toEqual([staff, domain])
})

describe('a trust that this API cannot represent is 404', () => {
  const cases: [string, Record<string, unknown>][] = [
    ['several audiences', { rules: [audience('one', 'two'), staff] }],
    ['two rules on the audience', { rules: [audience('one'), audience('two')] }],
    ['a pattern for the audience', { rules: [rule('aud', { kind: 'glob-any', values: ['key*'] })] }],
    ['an audience that may be absent', { rules: [rule('aud', { kind: 'equals-any', values: ['one'] }, 'allow')] }],
    ['several key sources', { keys: [jwks, { ...jwks, url: `${jwks.url}?2` }] }],
    ['another kind of source', { keys: [{ kind: 'oidc-discovery', url: 'https://accounts.custom.com', caCert: '' }] }],
  ]

  test.each(cases)('%s: 404 for reads, changes and removals', async (_, more) => {
    const id = await made(more)
    const before = await stored(id)
    const answers = [
      await here.admin.get(`${idps}/${id}`),
      await here.admin.get(`${idps}/templates/${id}`),
      await here.admin.get(`/v2/idps/${id}`),
      await here.admin.post(`${idps}/${id}/_deactivate`),
      await here.admin.post(`/admin/v1/policies/login/idps`, { idpId: id }),
      await here.admin.delete(`/admin/v1/policies/login/idps/${id}`),
      await here.admin.delete(`${idps}/${id}`),
      await here.admin.delete(`${idps}/templates/${id}`),
    ]
    for (const [place, body] of changes) answers.push(await here.admin.put(pathOf(id, place), body()))
    for (const answer of answers) expectError(answer, { status: 404, code: 5 })
    expect(await stored(id)).toEqual(before)
  })
})
