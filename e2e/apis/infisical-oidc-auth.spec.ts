import { randomUUID } from 'node:crypto'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { audience, type OpenIdProvider, startOpenIdProvider, webApp } from '../peers/openid-provider'
import { createAuthority } from '../peers/tls-authority'
import { bearer } from './client'
import { expectEnvelope, type Installation, install, wrongFields } from './installation'
import { now, segment } from './issuer'

const authority = createAuthority()
let here: Installation
let provider: OpenIdProvider
beforeAll(async () => {
  here = await install({ KEY_FETCH_ALLOWED_ORIGINS: '127.0.0.0/8' })
  provider = await startOpenIdProvider(authority)
})
afterAll(async () => {
  await here.stop()
  await provider.stop()
})

const pathOf = (identityId: string) => `/api/v1/auth/oidc-auth/identities/${identityId}`
const required = {
  oidcDiscoveryUrl: 'https://issuer.example.com',
  boundIssuer: 'https://issuer.example.com',
  boundClaims: {},
}
const date = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
const defaults = (identityId: string) => ({
  id: expect.stringMatching(/^[0-9a-f-]{36}$/),
  identityId,
  ...required,
  caCert: '',
  boundAudiences: '',
  boundSubject: '',
  accessTokenTTL: 2_592_000,
  accessTokenMaxTTL: 2_592_000,
  accessTokenNumUsesLimit: 0,
  accessTokenTrustedIps: [
    { ipAddress: '0.0.0.0', type: 'ipv4', prefix: 0 },
    { ipAddress: '::', type: 'ipv6', prefix: 0 },
  ],
  createdAt: date,
  updatedAt: date,
})

async function attached(more: Record<string, unknown> = {}): Promise<string> {
  const id = await here.identity()
  const answer = await here.admin.post(pathOf(id), { ...required, ...more })
  expect(answer.status, answer.text).toBe(200)
  return id
}
/** For the provider of this test, with its CA. */
const real = (more: Record<string, unknown> = {}) =>
  attached({ oidcDiscoveryUrl: provider.discoveryUrl, boundIssuer: provider.origin, caCert: authority.cert, ...more })
const login = (identityId: string, jwt: unknown) =>
  here.anonymous.post('/api/v1/auth/oidc-auth/login', { identityId, jwt })

describe('attach, get, update, revoke', () => {
  test('attach with only what is required gets the defaults, exactly, and get answers the same', async () => {
    const id = await here.identity()
    const answer = await here.admin.post(pathOf(id), required)
    expect(answer.status, answer.text).toBe(200)
    expect(answer.body).toEqual({ identityOidcAuth: defaults(id) })
    expect((await here.admin.get(pathOf(id))).body).toEqual(answer.body)
  })

  test.each(['oidcDiscoveryUrl', 'boundIssuer', 'boundClaims'])('without %s it is 422 and names it', async (field) => {
    const id = await here.identity()
    const before = await here.rows()
    expect(wrongFields(await here.admin.post(pathOf(id), { ...required, [field]: undefined }))).toEqual([field])
    expect(await here.rows()).toEqual(before)
  })

  test.each([
    ['oidcDiscoveryUrl', 'not a url'],
    ['oidcDiscoveryUrl', 'https://user:secret@issuer.example.com'],
    ['boundIssuer', ''],
    ['boundClaims', { role: 1 }],
    ['accessTokenTTL', 0],
    ['accessTokenMaxTTL', 315_360_000],
    ['caCert', 5],
    ['claimMetadataMapping', { team: '' }],
  ])('a bad %s is 422', async (field, value) => {
    const id = await here.identity()
    const [wrong] = wrongFields(await here.admin.post(pathOf(id), { ...required, [field]: value }))
    expect(wrong).toMatch(new RegExp(`^${field}`))
  })

  test('a second attach is 400, and attaching to an unknown identity 404', async () => {
    const id = await attached()
    expectEnvelope(await here.admin.post(pathOf(id), required), { status: 400, error: 'BadRequest' })
    expectEnvelope(await here.admin.post(pathOf(randomUUID()), required), { status: 404, error: 'NotFound' })
  })

  test('an update keeps what it omits', async () => {
    const mapping = { team: 'claims.team' }
    const id = await attached({ boundAudiences: 'a, b', boundSubject: 'ci', claimMetadataMapping: mapping })
    const answer = await here.admin.patch(pathOf(id), { boundSubject: 'cd', accessTokenTTL: 60 })
    expect(answer.status, answer.text).toBe(200)
    expect(answer.body.identityOidcAuth).toMatchObject({
      ...required,
      boundAudiences: 'a, b',
      boundSubject: 'cd',
      claimMetadataMapping: mapping,
      accessTokenTTL: 60,
    })
  })

  test('revoke answers what was there, and after it there is nothing and no login', async () => {
    const id = await real()
    const answer = await here.admin.delete(pathOf(id))
    expect(answer.body.identityOidcAuth.identityId).toBe(id)
    expectEnvelope(await here.admin.get(pathOf(id)), { status: 404, error: 'NotFound' })
    expectEnvelope(await login(id, await provider.token()), { status: 404, error: 'NotFound' })
  })

  test('without credentials 401, without read access 403, and readers cannot write', async () => {
    const id = await attached()
    expect((await here.anonymous.get(pathOf(id))).status).toBe(401)
    expect((await (await here.actor('no-access')).client.get(pathOf(id))).status).toBe(403)
    const auditor = (await here.actor('auditor')).client
    expect((await auditor.get(pathOf(id))).status).toBe(200)
    for (const answer of [await auditor.patch(pathOf(id), {}), await auditor.delete(pathOf(id))]) {
      expect(answer.status).toBe(403)
    }
  })

  test('one identity can have it and JWT Auth; each login accepts its own tokens', async () => {
    const id = await real()
    const jwt = await here.admin.post(`/api/v1/auth/jwt-auth/identities/${id}`, {
      jwksUrl: 'https://other.example/jwks',
    })
    expect(jwt.status, jwt.text).toBe(200)
    expect((await login(id, await provider.token())).status).toBe(200)
    expect((await here.admin.delete(pathOf(id))).status).toBe(200)
    expect((await here.admin.get(`/api/v1/auth/jwt-auth/identities/${id}`)).status).toBe(200)
  })
})

describe('login with a token of a real provider over TLS', () => {
  test('is exchanged for an access token that works', async () => {
    const id = await real({ boundAudiences: audience, boundSubject: 'ci-*', boundClaims: { scope: 'deploy' } })
    const answer = await login(id, await provider.token())
    expect(answer.status, answer.text).toBe(200)
    expect(answer.body).toEqual({
      accessToken: expect.any(String),
      expiresIn: 2_592_000,
      accessTokenMaxTTL: 2_592_000,
      tokenType: 'Bearer',
    })
    const details = await here.anonymous.get('/api/v1/identities/details', { headers: bearer(answer.body.accessToken) })
    expect(details.status, details.text).toBe(200)
  })

  test('the discovery URL works with and without its well-known suffix', async () => {
    for (const oidcDiscoveryUrl of [provider.origin, `${provider.origin}/`, provider.discoveryUrl]) {
      const answer = await login(await real({ oidcDiscoveryUrl }), await provider.token())
      expect(answer.status, answer.text).toBe(200)
    }
  })

  test('mapped claims are carried into the access token; one that is missing refuses', async () => {
    const id = await real({ claimMetadataMapping: { client: 'client_id' } })
    const { accessToken } = (await login(id, await provider.token())).body
    expect(decodeJwt(accessToken).metadata).toEqual({ client: 'ci-agent' })
    const renewed = await here.anonymous.post('/api/v1/auth/token/renew', { accessToken })
    expect(decodeJwt(renewed.body.accessToken).metadata).toEqual({ client: 'ci-agent' })
    const missing = await real({ claimMetadataMapping: { team: 'team' } })
    expectEnvelope(await login(missing, await provider.token()), { status: 403, error: 'ForbiddenError' })
  })

  test.each([
    ['audience', { boundAudiences: 'another' }, 403],
    ['subject', { boundSubject: 'another' }, 403],
    ['claim', { boundClaims: { scope: 'admin' } }, 403],
  ])('a bound %s that does not match is 403, and its value is not revealed', async (_, more, status) => {
    const answer = await login(await real(more), await provider.token())
    expectEnvelope(answer, { status, error: 'ForbiddenError' })
    expect(answer.text).not.toContain('another')
  })

  test('a rotated key is found without a restart, and a token of the withdrawn one is refused', async () => {
    const id = await real()
    const old = await provider.token()
    expect((await login(id, old)).status).toBe(200)
    await provider.rotate()
    expect((await login(id, await provider.token())).status).toBe(200)
    expectEnvelope(await login(id, old), { status: 401, error: 'UnauthorizedError' })
  })

  test('a document whose issuer is not the bound one vouches for nothing', async () => {
    const id = await real({ boundIssuer: `${provider.origin}/` })
    const answer = await login(id, await provider.token())
    // The provider has answered: another request would change nothing (docs/verification.md).
    expectEnvelope(answer, { status: 403, error: 'ForbiddenError' })
    expect(answer.headers.get('retry-after')).toBeNull()
    const decision = await here.admin.get(`/api/admin/decisions/${answer.body.reqId}`)
    const failed = decision.body.trace.filter((check: { status: string }) => check.status === 'fail')
    expect(failed.map(({ reason }: { reason: string }) => reason)).toContain('key_source_issuer')
  })

  test('without its CA it is 503 and says what to give', async () => {
    const answer = await login(await real({ caCert: '' }), await provider.token())
    expectEnvelope(answer, { status: 503, error: 'ServiceUnavailable' })
    expect(answer.body.message).toMatch(/CA certificate/)
    expect(answer.headers.get('x-keybound-reason')).toBe('key_source_tls')
  })
})

describe('login with an ID token of the authorization code flow', () => {
  const people = (more: Record<string, unknown> = {}) =>
    real({ boundAudiences: webApp.id, boundSubject: 'grace', ...more })
  const decisionOf = async (reqId: string) => (await here.admin.get(`/api/admin/decisions/${reqId}`)).body

  test('is accepted for the audience of its client and the person it names', async () => {
    const id = await people()
    const answer = await login(id, await provider.idToken('grace'))
    expect(answer.status, answer.text).toBe(200)
    const headers = bearer(answer.body.accessToken)
    expect((await here.anonymous.get('/api/v1/identities/details', { headers })).status).toBe(200)
    const { body } = await here.admin.get(`/api/admin/decisions?identityId=${id}`)
    expect(body.decisions).toMatchObject([
      { accepted: true, method: 'oidc', issuer: provider.origin, subject: 'grace' },
    ])
  })

  test('is 403 for another audience, another person, and where an access token of the provider is meant', async () => {
    const idToken = await provider.idToken('grace')
    for (const [more, reason] of [
      [{ boundAudiences: audience }, 'audience_mismatch'],
      [{ boundAudiences: `${webApp.id}2` }, 'audience_mismatch'],
      [{ boundSubject: 'ada' }, 'subject_mismatch'],
    ] as const) {
      const answer = await login(await people(more), idToken)
      expectEnvelope(answer, { status: 403, error: 'ForbiddenError' })
      expect((await decisionOf(answer.body.reqId)).reason).toBe(reason)
    }
    const wrongKind = await login(await people(), await provider.token())
    expectEnvelope(wrongKind, { status: 403, error: 'ForbiddenError' })
  })

  test('is 401 with a claim, the header or the signature changed after it was signed', async () => {
    const id = await people()
    const [header = '', claims = '', signature = ''] = (await provider.idToken('grace')).split('.')
    const changed = (part: string, change: Record<string, unknown>) =>
      segment(JSON.stringify({ ...JSON.parse(Buffer.from(part, 'base64url').toString()), ...change }))
    const bytes = Buffer.from(signature, 'base64url')
    bytes[0] = (bytes[0] ?? 0) ^ 1
    for (const tampered of [
      [header, changed(claims, { exp: now() + 86_400 }), signature],
      [header, changed(claims, { sub: 'grace', admin: true }), signature],
      [changed(header, { typ: 'JWT' }), claims, signature],
      [changed(header, { alg: 'none' }), claims, ''],
      [header, claims, bytes.toString('base64url')],
    ]) {
      expectEnvelope(await login(id, tampered.join('.')), { status: 401, error: 'UnauthorizedError' })
    }
    expect((await login(id, [header, claims, signature].join('.'))).status).toBe(200)
  })

  test('is accepted with the new key after a rotation, without a restart', async () => {
    // Its own, because an unknown kid makes a source be asked again once in 30 seconds.
    const rotating = await startOpenIdProvider(authority)
    try {
      const id = await people({ oidcDiscoveryUrl: rotating.discoveryUrl, boundIssuer: rotating.origin })
      expect((await login(id, await rotating.idToken('grace'))).status).toBe(200)
      const kid = await rotating.rotate()
      const idToken = await rotating.idToken('grace')
      expect(decodeProtectedHeader(idToken).kid).toBe(kid)
      expect((await login(id, idToken)).status).toBe(200)
    } finally {
      await rotating.stop()
    }
  })
})
