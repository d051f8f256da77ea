import { randomUUID } from 'node:crypto'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bearer } from './client'
import { expectEnvelope, type Installation, install, issueToken, wrongFields } from './installation'

let here: Installation
beforeAll(async () => {
  here = await install()
})
afterAll(() => here.stop())

const path = (id: string) => `/api/v1/auth/token-auth/identities/${id}`
const details = '/api/v1/identities/details'
const date = expect.stringMatching(/^\d{4}-\d\d-\d\dT/)

test('attached, read, and removed', async () => {
  const id = await here.identity()
  expectEnvelope(await here.admin.get(path(id)), { status: 404, error: 'NotFound' })
  expectEnvelope(await here.admin.post(`${path(id)}/tokens`, {}), { status: 404, error: 'NotFound' })
  const answer = await here.admin.post(path(id), {})
  expect(answer.status, answer.text).toBe(200)
  expect(answer.body).toEqual({
    identityTokenAuth: {
      id: expect.any(String),
      identityId: id,
      accessTokenTTL: 2_592_000,
      accessTokenMaxTTL: 2_592_000,
      accessTokenNumUsesLimit: 0,
      accessTokenPeriod: 0,
      accessTokenTrustedIps: [
        { ipAddress: '0.0.0.0', type: 'ipv4', prefix: 0 },
        { ipAddress: '::', type: 'ipv6', prefix: 0 },
      ],
      createdAt: date,
      updatedAt: date,
    },
  })
  expect((await here.admin.get(path(id))).body).toEqual(answer.body)
  expectEnvelope(await here.admin.post(path(id), {}), { status: 400, error: 'BadRequest' })
  expect((await here.admin.delete(path(id))).body).toEqual(answer.body)
  expectEnvelope(await here.admin.delete(path(id)), { status: 404, error: 'NotFound' })
})

test('a token is issued with its data, listed without its text, used, and revoked by its id', async () => {
  const id = await here.identity()
  await here.admin.post(path(id), { accessTokenTTL: 600, accessTokenMaxTTL: 1200, accessTokenNumUsesLimit: 5 })
  const issued = await here.admin.post(`${path(id)}/tokens`, { name: 'nightly' })
  expect(issued.status, issued.text).toBe(200)
  const tokenData = {
    id: decodeJwt(issued.body.accessToken).jti,
    identityId: id,
    name: 'nightly',
    accessTokenTTL: 600,
    accessTokenMaxTTL: 1200,
    accessTokenNumUses: 0,
    accessTokenNumUsesLimit: 5,
    isAccessTokenRevoked: false,
  }
  expect(issued.body).toEqual({
    accessToken: expect.any(String),
    expiresIn: 600,
    accessTokenMaxTTL: 1200,
    tokenType: 'Bearer',
    tokenData: expect.objectContaining(tokenData),
  })
  const client = here.anonymous.as(bearer(issued.body.accessToken))
  expect((await client.get(details)).status).toBe(200)

  const listed = await here.admin.get(`${path(id)}/tokens?offset=0&limit=10`)
  expect(listed.body.tokens).toEqual([expect.objectContaining({ ...tokenData, accessTokenNumUses: 1 })])
  expect(listed.text).not.toContain(issued.body.accessToken)
  expect(await here.holds(issued.body.accessToken)).toBe(false)

  const revoked = await here.admin.post(`/api/v1/auth/token-auth/tokens/${tokenData.id}/revoke`, {})
  expect(revoked.body).toEqual({ message: expect.any(String) })
  expectEnvelope(await client.get(details), { status: 401, error: 'TokenError' })
  const after = await here.admin.get(`${path(id)}/tokens`)
  expect(after.body.tokens[0].isAccessTokenRevoked).toBe(true)
})

test('removing the method ends its tokens at once', async () => {
  const id = await here.identity()
  const client = here.anonymous.as(bearer(await issueToken(here.admin, id)))
  expect((await client.get(details)).status).toBe(200)
  await here.admin.delete(path(id))
  expectEnvelope(await client.get(details), { status: 401, error: 'TokenError' })
})

test('the list pages', async () => {
  const id = await here.identity()
  for (let count = 0; count < 3; count++) await issueToken(here.admin, id)
  const page = async (query: string) => (await here.admin.get(`${path(id)}/tokens${query}`)).body.tokens.length
  expect(await page('')).toBe(3)
  expect(await page('?limit=2')).toBe(2)
  expect(await page('?limit=2&offset=2')).toBe(1)
  expect(wrongFields(await here.admin.get(`${path(id)}/tokens?limit=0&offset=-1`)).sort()).toEqual([
    'query.limit',
    'query.offset',
  ])
  expect(wrongFields(await here.admin.get(`${path(id)}/tokens?limit=1&limit=2`))).toEqual(['query.limit'])
})

test.each<[string, object, number]>([
  ['a TTL over its maximum', { accessTokenTTL: 61, accessTokenMaxTTL: 60 }, 400],
  ['a negative TTL', { accessTokenTTL: -1 }, 422],
  ['an unknown field', { accessTokenTtl: 60 }, 422],
  ['no address', { accessTokenTrustedIps: [] }, 422],
])('%s is refused, and nothing is written', async (_, body, status) => {
  const id = await here.identity()
  const before = await here.rows()
  expect((await here.admin.post(path(id), body)).status).toBe(status)
  expect(await here.rows()).toEqual(before)
})

test.each<[string, object]>([
  ['a long name', { name: 'x'.repeat(201) }],
  ['a zero character', { name: 'a\u0000' }],
  ['an unknown field', { nmae: 'x' }],
])('a token with %s is 422, and none is issued', async (_, body) => {
  const id = await here.identity()
  await here.admin.post(path(id), {})
  const before = await here.rows()
  wrongFields(await here.admin.post(`${path(id)}/tokens`, body))
  expect(await here.rows()).toEqual(before)
})

test('tokens issued by a login are listed and revocable too', async () => {
  const { attached, login } = await import('./installation')
  const { createIssuer } = await import('./issuer')
  const issuer = createIssuer()
  const id = await attached(here, { publicKeys: [issuer.pem] })
  const { accessToken } = (await login(here.anonymous, id, issuer.token())).body
  const listed = await here.admin.get(`/api/admin/tokens?identityId=${id}`)
  expect(listed.body).toMatchObject({ total: 1, tokens: [{ id: decodeJwt(accessToken).jti, method: 'jwt' }] })
  expect((await here.admin.delete(`/api/admin/tokens/${listed.body.tokens[0].id}`)).status).toBe(204)
  expectEnvelope(await here.anonymous.get(details, { headers: bearer(accessToken) }), {
    status: 401,
    error: 'TokenError',
  })
  expect((await here.admin.delete(`/api/admin/tokens/${randomUUID()}`)).status).toBe(404)
})
