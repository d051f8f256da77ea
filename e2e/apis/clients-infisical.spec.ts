import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answer, bearer } from './client'
import { attached, expectEnvelope, type Installation, install, jwtAuthPath, login, wrongFields } from './installation'
import { createIssuer } from './issuer'

let here: Installation
beforeAll(async () => {
  here = await install()
})
afterAll(() => here.stop())

const issuer = createIssuer()
const oidcPath = (id: string) => `/api/v1/auth/oidc-auth/identities/${id}`
const tokenPath = (id: string) => `/api/v1/auth/token-auth/identities/${id}`

describe('where an identity belongs', () => {
  test('is the one organization, in the form of a project', async () => {
    const identityId = await here.identity({ name: 'belongs', role: 'auditor' })
    const answer = await here.admin.get(`/api/v1/identities/${identityId}/identity-memberships`)
    expect(answer.status, answer.text).toBe(200)
    expect(answer.body.identityMemberships).toHaveLength(1)
    expect(answer.body.identityMemberships[0]).toMatchObject({
      identityId,
      roles: [{ role: 'auditor', isTemporary: false }],
      identity: { id: identityId, name: 'belongs', authMethods: [] },
      project: { id: here.organizationId, name: 'Acme' },
    })
  })

  test.each([
    ['an unknown identity', async () => randomUUID()],
    ['another organization’s', () => here.stranger()],
  ])('%s belongs nowhere', async (_, idOf) => {
    const answer = await here.admin.get(`/api/v1/identities/${await idOf()}/identity-memberships`)
    expectEnvelope(answer, { status: 404, error: 'NotFound' })
  })

  test('is not shown to a role without read access', async () => {
    const identityId = await here.identity({ name: 'hidden' })
    const { client } = await here.actor('no-access')
    const path = `/api/v1/identities/${identityId}/identity-memberships`
    expect((await client.get(path)).status).toBe(403)
    expect((await client.get(`/api/v2/organizations/${here.organizationId}/identity-memberships`)).status).toBe(403)
  })
})

describe('membership of the organization', () => {
  const list = (organizationId: string, query = '') =>
    here.admin.get(`/api/v2/organizations/${organizationId}/identity-memberships${query}`)

  test('is listed as by the identities’ own list, and by pages', async () => {
    const mark = randomUUID()
    for (const name of ['b', 'a', 'c']) await here.identity({ name: `${mark} ${name}` })
    const all = await list(here.organizationId.toUpperCase())
    const { body } = await here.admin.get('/api/v1/identities')
    expect(all.body).toEqual({ identityMemberships: body.identities, totalCount: body.totalCount })
    const page = await list(here.organizationId, `?search=${mark}&limit=1&offset=1&orderBy=name&orderDirection=desc`)
    expect(page.body.totalCount).toBe(3)
    expect(page.body.identityMemberships.map((one: Answer['body']) => one.identity.name)).toEqual([`${mark} b`])
  })

  test('is not shown for another organization', async () => {
    expectEnvelope(await list(randomUUID()), { status: 404, error: 'NotFound' })
  })
})

describe('search operators', () => {
  let mark: string
  beforeAll(async () => {
    mark = randomUUID()
    const people = { a: 'member', b: 'auditor', c: 'admin', d: 'no-access' }
    for (const [name, role] of Object.entries(people)) await here.identity({ name: `${mark} ${name}`, role })
  })
  const find = async (search: object) => {
    const answer = await here.admin.post('/api/v1/identities/search', { search })
    expect(answer.status, answer.text).toBe(200)
    const names = answer.body.identities.map((one: Answer['body']) => one.identity.name.slice(-1)).join('')
    expect(answer.body.totalCount).toBe(names.length)
    return names
  }

  test.each([
    ['a role of a list', () => ({ name: mark, role: { $in: ['member', 'admin'] } }), 'ac'],
    ['a role of an empty list', () => ({ name: mark, role: { $in: [] } }), ''],
    ['a role that two operators name', () => ({ name: mark, role: { $eq: 'admin', $in: ['member', 'admin'] } }), 'c'],
    ['a role that they contradict in', () => ({ name: mark, role: { $eq: 'admin', $in: ['member'] } }), ''],
    ['a name of a list', () => ({ name: { $in: [`${mark} a`, `${mark} d`, 'x'] } }), 'ad'],
    ['a part of a name and a list', () => ({ name: { $contains: mark, $in: [`${mark} b`, 'x'] } }), 'b'],
    ['no operator at all', () => ({ name: mark, role: {} }), 'abcd'],
    ['alternatives', () => ({ $or: [{ name: `${mark} a` }, { name: mark, role: { $eq: 'admin' } }] }), 'ac'],
    [
      'alternatives beside what all must be',
      () => ({ name: mark, $or: [{ role: 'admin' }, { role: 'member' }] }),
      'ac',
    ],
  ])('%s', async (_, search, found) => {
    expect(await find(search())).toBe(found)
  })

  test('others are refused, as are lists that are too long', async () => {
    const refused = async (search: object) =>
      wrongFields(await here.admin.post('/api/v1/identities/search', { search }))
    expect(await refused({ role: { $in: 'admin' } })).toEqual(['search.role'])
    expect(await refused({ name: { $regex: '.*' } })).toEqual(['search.name.$regex'])
    expect(await refused({ $or: [] })).toEqual(['search.$or'])
    expect(await refused({ name: { $in: Array.from({ length: 101 }, String) } })).toEqual(['search.name'])
  })
})

test('the status says what Infisical’s clients read: a message and the date', async () => {
  const { status, body } = await here.anonymous.get('/api/status')
  expect(status).toBe(200)
  expect(body).toMatchObject({ message: 'Ok', status: 'ok' })
  expect(new Date(body.date).toISOString()).toBe(body.date)
})

describe('clients, request by request', () => {
  const whole = expect.toSatisfy(Number.isInteger)
  const credential = { accessToken: expect.any(String), expiresIn: 600, accessTokenMaxTTL: 7200, tokenType: 'Bearer' }
  const config = { publicKeys: [issuer.pem], accessTokenTTL: 600, accessTokenMaxTTL: 7200 }

  test('Go SDK and CLI: log in, show the token, renew it and revoke it', async () => {
    // github.com/Infisical/go-sdk 0.5, packages/api/auth; the CLI logs in through it, and renews without a credential.
    const go = here.anonymous.as({ 'user-agent': 'cli', accept: '*/*', 'accept-encoding': 'gzip' })
    const identityId = await attached(here, config)
    const credentials = { identityId, jwt: issuer.token(), organizationSlug: '' }
    const loggedIn = await go.post('/api/v1/auth/jwt-auth/login', credentials)
    expect(loggedIn.body).toEqual(credential)
    // `infisical login status` decodes the token and asks whether it counts.
    const { accessToken } = loggedIn.body
    const [, claims = ''] = accessToken.split('.')
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
      identityId,
      identityName: expect.any(String),
      orgId: here.organizationId,
      authTokenType: 'identityAccessToken',
      exp: whole,
    })
    expect((await go.get('/api/v1/identities/details', { headers: bearer(accessToken) })).status).toBe(200)

    const renewed = await go.post('/api/v1/auth/token/renew', { accessToken })
    expect(renewed.body).toEqual(credential)
    const held = go.as(bearer(renewed.body.accessToken))
    const revoked = await held.post('/api/v1/auth/token/revoke', { accessToken: renewed.body.accessToken })
    expect(revoked.body).toEqual({ message: expect.any(String) })
    // 401 is what makes its refresh log in again; `message` must be text.
    const dead = await go.post('/api/v1/auth/token/renew', { accessToken })
    expectEnvelope(dead, { status: 401, error: 'TokenError' })
  })

  test('CLI: --method=oidc-auth shows an error message as one text', async () => {
    const identityId = await here.identity()
    await here.admin.post(oidcPath(identityId), {
      oidcDiscoveryUrl: 'https://127.0.0.1:9',
      boundIssuer: 'https://i.example',
      boundClaims: {},
    })
    const sent = { identityId, jwt: issuer.token(), organizationSlug: '' }
    const refused = await here.anonymous.post('/api/v1/auth/oidc-auth/login', sent)
    expectEnvelope(refused, { status: 503, error: 'ServiceUnavailable' })
  })

  test('node-infisical: every call of an identity’s life, with a content type and no body where there is none', async () => {
    // github.com/Azerothian/node-infisical, src/http.ts: Content-Type on every request.
    const node = here.admin.as({
      ...bearer((await here.actor('admin')).token),
      ...{ 'content-type': 'application/json', accept: 'application/json' },
    })
    const { body } = await node.post('/api/v1/identities', { name: 'node', organizationId: here.organizationId })
    const identityId: string = body.identity.id
    const encoded = encodeURIComponent(identityId)
    expect((await node.post(jwtAuthPath(encoded), config)).status).toBe(200)
    const updated = await node.patch(jwtAuthPath(encoded), { boundAudiences: 'new-audience' })
    expect(updated.body.identityJwtAuth).toMatchObject({ ...config, boundAudiences: 'new-audience' })
    expect((await node.get(jwtAuthPath(encoded))).body).toEqual(updated.body)
    const jwt = issuer.token({ aud: 'new-audience' })
    expect((await node.post('/api/v1/auth/jwt-auth/login', { identityId, jwt })).body).toEqual(credential)

    await node.post(tokenPath(encoded), {})
    const made = await node.post(`${tokenPath(encoded)}/tokens`, { name: 'ci' })
    const one = `${tokenPath(encoded)}/tokens/${made.body.tokenData.id}`
    expect((await node.patch(one, { name: 'nightly' })).body.token.name).toBe('nightly')
    expect((await node.get(one)).body.token).toMatchObject({ name: 'nightly', isAccessTokenRevoked: false })
    expect((await node.delete(one)).body.token.isAccessTokenRevoked).toBe(true)
    expect((await node.get(`/api/v1/identities/${encoded}/identity-memberships`)).status).toBe(200)

    expect((await node.delete(jwtAuthPath(encoded))).body.identityJwtAuth.id).toBe(updated.body.identityJwtAuth.id)
    expectEnvelope(await node.get(jwtAuthPath(encoded)), { status: 404, error: 'NotFound' })
    expect((await node.delete(`/api/v1/identities/${encoded}`)).body.identity.id).toBe(identityId)
  })

  test('@infisical/sdk: a renewal by axios, and the message of its refusal', async () => {
    // @infisical/sdk 5: the token it was given, as bearer and in the body.
    const identityId = await attached(here, config)
    const { accessToken } = (await login(here.anonymous, identityId, issuer.token())).body
    const axios = here.anonymous.as({ ...bearer(accessToken), accept: 'application/json, text/plain, */*' })
    expect((await axios.post('/api/v1/auth/token/renew', { accessToken })).body).toEqual(credential)
    const refused = await axios.post('/api/v1/auth/token/renew', { accessToken: `${accessToken}x` })
    expectEnvelope(refused, { status: 401, error: 'TokenError' })
  })
})
