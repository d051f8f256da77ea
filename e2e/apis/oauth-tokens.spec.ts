import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answer, bearer } from './client'
import { attached, type Installation, install, issueToken, login } from './installation'
import { createIssuer } from './issuer'

let here: Installation
let id: string
let secret: string
beforeAll(async () => {
  here = await install()
  const actor = await here.actor('no-access', 'resource server')
  id = actor.id
  secret = actor.token
})
afterAll(() => here.stop())

const introspectPath = '/api/v1/auth/token/introspect'
const revokePath = '/oauth/revoke'
const issuer = createIssuer()
const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` })
const form = (path: string, fields: Record<string, string> | string, headers: Record<string, string> = {}) =>
  here.anonymous.post(path, undefined, {
    raw: new URLSearchParams(fields).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  })
const expectError = ({ status, body, headers }: Answer, expected: { status: number; error: string }) => {
  expect({ status, error: body.error }, JSON.stringify(body)).toEqual(expected)
  expect(Object.keys(body).sort()).toEqual(['error', 'error_description'])
  expect(body.error_description).toMatch(/^[\x20-\x21\x23-\x5B\x5D-\x7E]+$/)
  return headers.get('www-authenticate')
}
const loggedIn = async () => {
  const identityId = await attached(here, { publicKeys: [issuer.pem] })
  return (await login(here.anonymous, identityId, issuer.token())).body.accessToken as string
}

describe('introspection', () => {
  test('as authlib asks: Basic that is not form-encoded, and a hint', async () => {
    // github.com/authlib/authlib, oauth2/client.py (1.6): introspect_token, with client_secret_basic.
    const token = await loggedIn()
    const answer = await form(introspectPath, { token, token_type_hint: 'access_token' }, basic(`${id}:${secret}`))
    expect(answer.body).toMatchObject({ active: true, token_type: 'Bearer', aud: here.keybound.baseUrl })
    expect((await form(introspectPath, { token, foo: 'bar' }, basic(`${id.toUpperCase()}:${secret}`))).status).toBe(200)
  })

  test('without a token is invalid_request, after authentication', async () => {
    const missing = { status: 400, error: 'invalid_request' }
    expectError(await form(introspectPath, { token_type_hint: 'access_token' }, basic(`${id}:${secret}`)), missing)
    expectError(await form(introspectPath, {}, bearer(secret)), missing)
    expectError(await form(introspectPath, 'token=a&token=b', bearer(secret)), missing)
    expectError(await form(introspectPath, {}), { status: 401, error: 'invalid_client' })
  })

  test('without credentials offers both ways to authenticate', async () => {
    const challenge = expectError(await form(introspectPath, { token: 'x' }), { status: 401, error: 'invalid_client' })
    expect(challenge).toMatch(/^Bearer, Basic realm="keybound"/)
  })

  test.each([
    ['another identity’s id', () => basic(`${here.organizationId}:${secret}`)],
    ['a secret that is no token', () => basic(`${id}:x`)],
    ['Basic that cannot be read', () => ({ authorization: 'Basic %%%' })],
  ])('with %s is invalid_client', async (_, headers) => {
    const challenge = expectError(await form(introspectPath, { token: 'x' }, headers()), {
      status: 401,
      error: 'invalid_client',
    })
    expect(challenge).toMatch(/^Basic realm="keybound"/)
  })

  test('with a bearer token that does not count is invalid_token (RFC 7662 §2.3)', async () => {
    const challenge = expectError(await form(introspectPath, { token: 'x' }, bearer('x.y.z')), {
      status: 401,
      error: 'invalid_token',
    })
    expect(challenge).toBe('Bearer error="invalid_token"')
  })

  test('with two credentials at once is invalid_request (RFC 6749 §2.3)', async () => {
    const fields = { token: 'x', client_id: id, client_secret: secret }
    expectError(await form(introspectPath, fields, basic(`${id}:${secret}`)), { status: 400, error: 'invalid_request' })
  })
})

describe('revocation (RFC 7009)', () => {
  const isDead = async (token: string) =>
    (await here.anonymous.get('/api/v1/identities/details', { headers: bearer(token) })).status === 401

  test('ends the token, answers 200 without a body, and says the same a second time', async () => {
    const token = await loggedIn()
    for (let time = 0; time < 2; time++) {
      const answer = await form(revokePath, { token, token_type_hint: 'refresh_token' }, basic(`${id}:${secret}`))
      expect([answer.status, answer.text]).toEqual([200, ''])
      expect(await isDead(token)).toBe(true)
    }
    expect((await form(revokePath, { token: 'never was one' })).status).toBe(200)
  })

  test('takes JSON too, beside Infisical’s own', async () => {
    const token = await loggedIn()
    expect((await here.anonymous.post(revokePath, { token })).status).toBe(200)
    expect(await isDead(token)).toBe(true)
  })

  test('without a token is invalid_request', async () => {
    expectError(await form(revokePath, {}), { status: 400, error: 'invalid_request' })
    expectError(await form(revokePath, { token: '' }), { status: 400, error: 'invalid_request' })
  })

  test('with wrong credentials revokes nothing', async () => {
    const token = await loggedIn()
    const answer = await form(revokePath, { token, client_id: id, client_secret: 'wrong' })
    expect(expectError(answer, { status: 401, error: 'invalid_client' })).toMatch(/^Basic/)
    expect(await isDead(token)).toBe(false)
  })

  test('ends a token whose trust is switched off for now, so that it does not come back', async () => {
    const identityId = await attached(here, { publicKeys: [issuer.pem] })
    const token = (await login(here.anonymous, identityId, issuer.token())).body.accessToken
    await here.db.trust.updateMany({ where: { identityId }, data: { enabled: false } })
    expect((await form(revokePath, { token })).status).toBe(200)
    await here.db.trust.updateMany({ where: { identityId }, data: { enabled: true } })
    expect(await isDead(token)).toBe(true)
  })
})

test('a management call with a token that does not count names the error, one without a token does not', async () => {
  const token = await issueToken(here.admin, id)
  await form(revokePath, { token })
  const challenge = async (headers: Record<string, string>) =>
    (await here.anonymous.get('/api/v1/identities', { headers })).headers.get('www-authenticate')
  expect(await challenge(bearer(token))).toBe('Bearer error="invalid_token"')
  expect(await challenge({})).toBe('Bearer')
})
