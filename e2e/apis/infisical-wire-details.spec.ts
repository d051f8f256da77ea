import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createAuthority } from '../peers/tls-authority'
import { bearer } from './client'
import {
  attached,
  expectEnvelope,
  type Installation,
  install,
  issueToken,
  jwtAuthPath,
  login,
  wrongFields,
} from './installation'
import { createIssuer, segment } from './issuer'

let here: Installation
beforeAll(async () => {
  here = await install()
})
afterAll(() => here.stop())

const issuer = createIssuer()
const rule = { status: 400, error: 'BadRequest' }
const oidcPath = (id: string) => `/api/v1/auth/oidc-auth/identities/${id}`
const tokenPath = (id: string) => `/api/v1/auth/token-auth/identities/${id}`
const oidc = { oidcDiscoveryUrl: 'https://i.example', boundIssuer: 'https://i.example', boundClaims: {} }

const form = (path: string, fields: Record<string, string>) =>
  here.anonymous.post(path, undefined, {
    raw: new URLSearchParams(fields).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })

describe('a form, as Infisical’s own action posts it', () => {
  // github.com/Infisical/secrets-action, src/infisical.ts: URLSearchParams as the body of axios.
  test('logs in, renews and revokes', async () => {
    const identityId = await attached(here, { publicKeys: [issuer.pem], accessTokenTTL: 600 })
    const loggedIn = await form('/api/v1/auth/jwt-auth/login', { identityId, jwt: issuer.token() })
    expect(loggedIn.status, loggedIn.text).toBe(200)
    const renewed = await form('/api/v1/auth/token/renew', { accessToken: loggedIn.body.accessToken })
    expect(renewed.status, renewed.text).toBe(200)
    const revoked = await form('/api/v1/auth/token/revoke', { accessToken: renewed.body.accessToken })
    expect(revoked.status, revoked.text).toBe(200)
    expectEnvelope(await form('/api/v1/auth/token/renew', { accessToken: renewed.body.accessToken }), {
      status: 401,
      error: 'TokenError',
    })
  })

  test('is judged by OIDC Auth and by the login of issuers as JSON is', async () => {
    const id = await here.identity()
    expectEnvelope(await form('/api/v1/auth/oidc-auth/login', { identityId: id, jwt: issuer.token() }), {
      status: 404,
      error: 'NotFound',
    })
    expect((await form('/auth/v1/tokens', { token: issuer.token() })).status).toBe(404)
  })

  test('with an unknown field, or one that is there twice, is refused', async () => {
    const identityId = await here.identity()
    const path = '/api/v1/auth/jwt-auth/login'
    expect(wrongFields(await form(path, { identityId, jwt: 'x', token: 'y' }))).toEqual(['token'])
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    expectEnvelope(await here.anonymous.post(path, undefined, { raw: 'jwt=a&jwt=b', headers }), rule)
  })
})

describe('a login', () => {
  test('naming another organization than the identity’s is answered like an unknown identity, and recorded', async () => {
    const identityId = await attached(here, { publicKeys: [issuer.pem] })
    const attempt = (organizationSlug: string) =>
      here.anonymous.post('/api/v1/auth/jwt-auth/login', { identityId, jwt: issuer.token(), organizationSlug })
    const refused = await attempt('acme-2')
    expectEnvelope(refused, { status: 404, error: 'NotFound' })
    const unknown = await login(here.anonymous, here.organizationId, issuer.token())
    expect(refused.body.message).toBe(unknown.body.message)
    expect((await here.admin.get(`/api/admin/decisions/${refused.body.reqId}`)).body).toMatchObject({
      accepted: false,
      reason: 'method_not_configured',
    })
    // github.com/Infisical/go-sdk, packages/api/auth/models.go: the field is always there, and mostly empty.
    for (const fine of ['', 'acme']) expect((await attempt(fine)).status).toBe(200)
  })

  test('knows an identity by its id in capitals', async () => {
    const id = await attached(here, { publicKeys: [issuer.pem] })
    expect((await login(here.anonymous, id.toUpperCase(), issuer.token())).status).toBe(200)
  })

  test('by an issuer whose claims are not a JSON object is 401, as elsewhere', async () => {
    for (const claims of ['[]', '{"iss":"a","iss":"b"}', 'nonsense', '{"iss":']) {
      const token = `${segment('{"alg":"ES256"}')}.${segment(claims)}.${segment('x')}`
      const answer = await here.anonymous.post('/auth/v1/tokens', { token })
      expect({ status: answer.status, errorCode: answer.body.errorCode }, claims).toEqual({
        status: 401,
        errorCode: 'claims_malformed',
      })
    }
  })
})

describe('ids', () => {
  test('are read whatever their case, in paths and queries', async () => {
    const id = await here.identity()
    await issueToken(here.admin, id)
    const capitals = id.toUpperCase()
    expect((await here.admin.get(`/api/v1/identities/${capitals}`)).body.identity.id).toBe(id)
    expect((await here.admin.get(`/api/v1/identities?orgId=${here.organizationId.toUpperCase()}`)).status).toBe(200)
    expect((await here.admin.get(tokenPath(capitals))).body.identityTokenAuth.identityId).toBe(id)
    expect((await here.admin.get(`/api/admin/tokens?identityId=${capitals}`)).body.total).toBe(1)
    const made = await here.admin.post('/api/v1/identities', {
      name: 'x',
      organizationId: here.organizationId.toUpperCase(),
    })
    expect(made.status, made.text).toBe(200)
    expect((await here.admin.delete(`/api/v1/identities/${capitals}`)).status).toBe(200)
  })
})

describe('an address that is none', () => {
  const accessTokenTrustedIps = [{ ipAddress: '10.0.0.0/8' }, { ipAddress: '999.1.1.1' }]
  const place = 'accessTokenTrustedIps[1].ipAddress'

  test('is a rule broken (400) on every method, attached or updated, and nothing is written', async () => {
    const id = await here.identity()
    const before = await here.rows()
    for (const [path, body] of [
      [jwtAuthPath(id), { publicKeys: [issuer.pem] }],
      [oidcPath(id), oidc],
      [tokenPath(id), {}],
    ] as const) {
      const answer = await here.admin.post(path, { ...body, accessTokenTrustedIps })
      expectEnvelope(answer, rule)
      expect(answer.body.message).toContain(place)
    }
    expect(await here.rows()).toEqual(before)
    for (const [path, body] of [
      [jwtAuthPath(id), { publicKeys: [issuer.pem] }],
      [oidcPath(id), oidc],
      [tokenPath(id), {}],
    ] as const) {
      expect((await here.admin.post(path, body)).status).toBe(200)
      const answer = await here.admin.patch(path, { accessTokenTrustedIps })
      expectEnvelope(answer, rule)
      expect(answer.body.message).toContain(place)
    }
  })
})

describe('two names that become one', () => {
  test('are refused, and nothing is written', async () => {
    const id = await here.identity()
    const before = await here.rows()
    const claims = { role: 'admin', ' role': '*' }
    const jwt = await here.admin.post(jwtAuthPath(id), { publicKeys: [issuer.pem], boundClaims: claims })
    expect(wrongFields(jwt)).toEqual(['boundClaims. role'])
    const mapped = await here.admin.post(oidcPath(id), { ...oidc, claimMetadataMapping: { team: 'a', 'team ': 'b' } })
    expect(wrongFields(mapped)).toEqual(['claimMetadataMapping.team '])
    for (const metadata of [
      { team: 'a', ' team': 'b' },
      [
        { key: 'team', value: 'a' },
        { key: 'team ', value: 'b' },
      ],
    ]) {
      expect((await here.admin.post('/api/v1/identities', { name: 'x', metadata })).status).toBe(422)
      expect((await here.admin.patch(`/api/v1/identities/${id}`, { metadata })).status).toBe(422)
    }
    expect(await here.rows()).toEqual(before)
  })
})

describe('text comes back byte for byte', () => {
  // What Terraform's file("key.pem") reads: with its last line end, or as Windows writes it.
  const spellings = [issuer.pem, issuer.pem.replaceAll('\n', '\r\n'), `\n  ${issuer.pem.trim()}\n\n`]

  test('keys, in every API that shows them, and logins still work', async () => {
    const id = await attached(here, { publicKeys: spellings })
    expect((await here.admin.get(jwtAuthPath(id))).body.identityJwtAuth.publicKeys).toEqual(spellings)
    const ours = await here.admin.get(`/api/admin/identities/${id}/trusts/jwt`)
    expect(ours.body.keys).toEqual(spellings.map((pem) => ({ kind: 'static-pem', pem })))
    const { keys, rules, lifetime, grant } = ours.body
    const replaced = await here.admin.put(`/api/admin/identities/${id}/trusts/jwt`, { keys, rules, lifetime, grant })
    expect(replaced.body.keys).toEqual(keys)
    expect((await login(here.anonymous, id, issuer.token())).status).toBe(200)
  })

  test('certificates of JWT Auth and OIDC Auth', async () => {
    const { cert: ca } = createAuthority()
    const id = await attached(here, { jwksUrl: 'https://i.example/keys', jwksCaCert: `${ca}\n` })
    expect((await here.admin.get(jwtAuthPath(id))).body.identityJwtAuth.jwksCaCert).toBe(`${ca}\n`)
    expect((await here.admin.post(oidcPath(id), { ...oidc, caCert: `\r\n${ca}` })).status).toBe(200)
    expect((await here.admin.get(oidcPath(id))).body.identityOidcAuth.caCert).toBe(`\r\n${ca}`)
  })

  test('the members of a JWK, in their order, with those we do not know', async () => {
    const jwk = { ...issuer.publicKey.export({ format: 'jwk' }), kid: ' k 1 ', x5t: '', note: { a: [1, 'b', null] } }
    const sent = { iss: `https://${Math.random()}.example`, project: { id: 'web' }, keys: [jwk] }
    const made = await here.admin.post('/auth/v1/issuers', sent)
    expect(made.status, made.text).toBe(201)
    expect(JSON.stringify(made.body.keys[0])).toBe(JSON.stringify(jwk))
  })
})

describe('keys of the inactive configuration type', () => {
  test('are validated like any other, kept, shown, and used by no login', async () => {
    const other = createIssuer()
    const id = await attached(here, {
      configurationType: 'jwks',
      jwksUrl: 'https://127.0.0.1:9/keys',
      publicKeys: [issuer.pem],
    })
    const config = (await here.admin.get(jwtAuthPath(id))).body.identityJwtAuth
    expect(config).toMatchObject({ configurationType: 'jwks', publicKeys: [issuer.pem] })
    expect((await login(here.anonymous, id, issuer.token())).status).toBe(503)
    const refused = await here.admin.patch(jwtAuthPath(id), {
      publicKeys: ['shared secret'],
      configurationType: 'jwks',
    })
    expectEnvelope(refused, rule)
    expect(refused.body.message).toContain('publicKeys[0]')
    const secret = other.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    const before = await here.rows()
    expect((await here.admin.patch(jwtAuthPath(id), { configurationType: 'jwks', publicKeys: [secret] })).status).toBe(
      400,
    )
    expect(await here.holds(secret.slice(40, 80))).toBe(false)
    expect(await here.rows()).toEqual(before)
    expect((await here.anonymous.get(jwtAuthPath(id), { headers: bearer('x') })).status).toBe(401)
  })
})

test('blanks and line ends around an access token are taken away, as `$(cat token)` of other shells leaves them', async () => {
  const identityId = await attached(here, { publicKeys: [issuer.pem] })
  const { accessToken } = (await login(here.anonymous, identityId, issuer.token())).body
  for (const sent of [`${accessToken}\n`, ` \t${accessToken}\r\n`, `\ufeff${accessToken}`]) {
    expect((await here.anonymous.post('/api/v1/auth/token/renew', { accessToken: sent })).status).toBe(200)
    expect((await here.admin.post('/api/v1/auth/token/introspect', { token: sent })).body.active).toBe(true)
  }
  const split = `${accessToken.slice(0, 40)}\n${accessToken.slice(40)}`
  expect((await here.anonymous.post('/api/v1/auth/token/renew', { accessToken: split })).status).toBe(401)
  expect((await form('/oauth/revoke', { token: `\n${accessToken}\n` })).status).toBe(200)
  expect((await here.admin.post('/api/v1/auth/token/introspect', { token: accessToken })).body.active).toBe(false)
})
