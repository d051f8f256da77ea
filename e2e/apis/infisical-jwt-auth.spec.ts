import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { attached, expectEnvelope, type Installation, install, jwtAuthPath, wrongFields } from './installation'
import { createIssuer } from './issuer'
import { defaults, everywhere, readJwtAuth } from './jwt-auth-answers'

let here: Installation
beforeAll(async () => {
  here = await install()
})
afterAll(() => here.stop())

const issuer = createIssuer()
const pem = issuer.pem.trim()
const jwksUrl = 'https://issuer.example.com/.well-known/jwks.json'

describe('attach', () => {
  test.each([
    ['static', { configurationType: 'static', publicKeys: [pem] }],
    ['jwks', { configurationType: 'jwks', jwksUrl }],
  ])('%s with nothing else gets the defaults of the table, exactly', async (configurationType, sent) => {
    const id = await here.identity()
    const answer = await here.admin.post(jwtAuthPath(id), sent)
    expect(answer.status, answer.text).toBe(200)
    expect(answer.body).toEqual({ identityJwtAuth: { ...defaults(id), ...sent, configurationType } })
    expect((await here.admin.get(jwtAuthPath(id))).body).toEqual(answer.body)
  })

  test.each([
    ['jwks', { jwksUrl }],
    ['jwks', { jwksUrl, publicKeys: [], jwksCaCert: '' }],
    ['static', { publicKeys: [pem] }],
    ['static', { publicKeys: [pem], jwksUrl: '' }],
  ])('the type is inferred as %s from %o', async (configurationType, sent) => {
    const id = await attached(here, sent)
    expect((await readJwtAuth(here, id)).configurationType).toBe(configurationType)
  })

  test('the example of the SDK’s document is accepted as printed', async () => {
    const id = await here.identity()
    const sent = {
      identityId: id,
      configurationType: 'jwks',
      jwksUrl: 'https://issuer.example.com/.well-known/jwks.json',
      jwksCaCert: '',
      publicKeys: [],
      boundIssuer: 'https://issuer.example.com',
      boundAudiences: 'infisical',
      boundClaims: { role: 'admin' },
      boundSubject: 'my-service',
      accessTokenTTL: 2592000,
      accessTokenMaxTTL: 2592000,
      accessTokenNumUsesLimit: 0,
      accessTokenTrustedIps: [{ ipAddress: '0.0.0.0/0' }],
    }
    const answer = await here.admin.post(jwtAuthPath(id), sent)
    expect(answer.status, answer.text).toBe(200)
    expect(answer.body.identityJwtAuth).toEqual({
      ...defaults(id),
      ...sent,
      accessTokenTrustedIps: [everywhere[0]],
    })
  })

  test.each([
    ['both key fields', { jwksUrl, publicKeys: [pem] }],
    ['neither key field', {}],
    ['jwks without its URL', { configurationType: 'jwks' }],
    ['static without a key', { configurationType: 'static' }],
    ['static with an empty list', { configurationType: 'static', publicKeys: [] }],
    ['an empty key', { publicKeys: ['  '] }],
  ])('%s is 422, and nothing is written', async (_, sent) => {
    const id = await here.identity()
    const before = await here.rows()
    wrongFields(await here.admin.post(jwtAuthPath(id), sent))
    expect(await here.rows()).toEqual(before)
  })

  test('a second time is 400 and changes nothing', async () => {
    const id = await attached(here, { publicKeys: [pem] })
    const before = await here.rows()
    const answer = await here.admin.post(jwtAuthPath(id), { jwksUrl })
    expectEnvelope(answer, { status: 400, error: 'BadRequest' })
    expect(await here.rows()).toEqual(before)
    expect((await readJwtAuth(here, id)).configurationType).toBe('static')
  })

  test('at the same moment, one succeeds', async () => {
    const id = await here.identity()
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => here.admin.post(jwtAuthPath(id), { publicKeys: [pem] })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400, 400])
  })

  test('the identity may be named in the body too, when it is the one of the path', async () => {
    const id = await here.identity()
    const before = await here.rows()
    const other = await here.admin.post(jwtAuthPath(id), { publicKeys: [pem], identityId: randomUUID() })
    expectEnvelope(other, { status: 400, error: 'BadRequest' })
    expect(await here.rows()).toEqual(before)
    expect((await here.admin.post(jwtAuthPath(id), { publicKeys: [pem], identityId: id })).status).toBe(200)
    expect((await here.admin.patch(jwtAuthPath(id), { identityId: id, boundAudiences: 'a' })).status).toBe(200)
    const patched = await here.admin.patch(jwtAuthPath(id), { identityId: randomUUID() })
    expectEnvelope(patched, { status: 400, error: 'BadRequest' })
  })

  test('lists are split at commas outside braces, trimmed and joined again', async () => {
    const id = await attached(here, {
      publicKeys: [pem],
      boundAudiences: ' a ,b,, c*{d,e}f ',
      boundSubject: '  repo:acme/*  ',
      boundClaims: { role: 'admin,owner', 'nested.path': '{x,y}' },
    })
    expect(await readJwtAuth(here, id)).toMatchObject({
      boundAudiences: 'a, b, c*{d,e}f',
      boundSubject: 'repo:acme/*',
      boundClaims: { role: 'admin, owner', 'nested.path': '{x,y}' },
    })
  })

  test('trusted addresses come back parsed, with a prefix only where one was given', async () => {
    const sent = ['10.0.0.0/8', '192.0.2.7', '2001:db8::/32', '2001:db8::1']
    const id = await attached(here, {
      publicKeys: [pem],
      accessTokenTrustedIps: sent.map((ipAddress) => ({ ipAddress })),
    })
    expect((await readJwtAuth(here, id)).accessTokenTrustedIps).toEqual([
      { ipAddress: '10.0.0.0', type: 'ipv4', prefix: 8 },
      { ipAddress: '192.0.2.7', type: 'ipv4' },
      { ipAddress: '2001:db8::', type: 'ipv6', prefix: 32 },
      { ipAddress: '2001:db8::1', type: 'ipv6' },
    ])
  })
})

describe('the lifetimes', () => {
  const ten = 315_360_000
  test.each([
    [{ accessTokenTTL: 0, accessTokenMaxTTL: 0 }],
    [{ accessTokenTTL: ten, accessTokenMaxTTL: ten }],
    [{ accessTokenTTL: ten, accessTokenMaxTTL: 0 }],
    [{ accessTokenTTL: 60, accessTokenMaxTTL: 60 }],
    [{ accessTokenTTL: 0, accessTokenMaxTTL: 60 }],
  ])('%o are kept', async (sent) => {
    const id = await attached(here, { publicKeys: [pem], ...sent })
    expect(await readJwtAuth(here, id)).toMatchObject(sent)
  })

  test.each([
    [{ accessTokenTTL: 61, accessTokenMaxTTL: 60 }],
    [{ accessTokenMaxTTL: 60 }],
    [{ accessTokenTTL: 2_592_001 }],
  ])('%o break the rule TTL ≤ maximum: 400', async (sent) => {
    const id = await here.identity()
    const before = await here.rows()
    const answer = await here.admin.post(jwtAuthPath(id), { publicKeys: [pem], ...sent })
    expectEnvelope(answer, { status: 400, error: 'BadRequest' })
    expect(answer.body.message).toContain('TTL')
    expect(await here.rows()).toEqual(before)
  })

  test.each([
    [{ accessTokenTTL: -1 }],
    [{ accessTokenTTL: ten + 1 }],
    [{ accessTokenMaxTTL: ten + 1 }],
    [{ accessTokenTTL: 1.5 }],
    [{ accessTokenTTL: '60' }],
    [{ accessTokenTTL: null }],
    [{ accessTokenNumUsesLimit: -1 }],
    [{ accessTokenNumUsesLimit: 1e12 }],
    [{ accessTokenTTL: 2 ** 60 }],
  ])('%o is no such number: 422', async (sent) => {
    const id = await here.identity()
    const before = await here.rows()
    const answer = await here.admin.post(jwtAuthPath(id), { publicKeys: [pem], ...sent })
    expect(wrongFields(answer)).toEqual(Object.keys(sent))
    expect(await here.rows()).toEqual(before)
  })
})

describe('get, revoke', () => {
  test('before there is any, both are 404', async () => {
    const id = await here.identity()
    expectEnvelope(await here.admin.get(jwtAuthPath(id)), { status: 404, error: 'NotFound' })
    expectEnvelope(await here.admin.delete(jwtAuthPath(id)), { status: 404, error: 'NotFound' })
    expectEnvelope(await here.admin.patch(jwtAuthPath(id), { boundAudiences: 'a' }), { status: 404, error: 'NotFound' })
  })

  test('revoking answers what was there, and it can be attached anew', async () => {
    const id = await attached(here, { publicKeys: [pem], boundAudiences: 'a' })
    const was = await readJwtAuth(here, id)
    const answer = await here.admin.delete(jwtAuthPath(id))
    expect(answer.status).toBe(200)
    expect(answer.body).toEqual({ identityJwtAuth: was })
    expectEnvelope(await here.admin.get(jwtAuthPath(id)), { status: 404, error: 'NotFound' })
    expect((await here.admin.post(jwtAuthPath(id), { jwksUrl })).status).toBe(200)
  })
})
