import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { attached, expectEnvelope, type Installation, install, jwtAuthPath, wrongFields } from './installation'
import { createIssuer } from './issuer'

let here: Installation
beforeAll(async () => {
  here = await install()
})
afterAll(() => here.stop())

const issuer = createIssuer()
const pem = issuer.pem.trim()
const jwksUrl = 'https://issuer.example.com/.well-known/jwks.json'
const everywhere = [
  { ipAddress: '0.0.0.0', type: 'ipv4', prefix: 0 },
  { ipAddress: '::', type: 'ipv6', prefix: 0 },
]
const date = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)

/** The defaults of docs/apis/infisical.md. */
const defaults = (identityId: string) => ({
  id: expect.stringMatching(/^[0-9a-f-]{36}$/),
  identityId,
  jwksUrl: '',
  jwksCaCert: '',
  publicKeys: [],
  boundIssuer: '',
  boundAudiences: '',
  boundClaims: {},
  boundSubject: '',
  accessTokenTTL: 2_592_000,
  accessTokenMaxTTL: 2_592_000,
  accessTokenNumUsesLimit: 0,
  accessTokenPeriod: 0,
  accessTokenTrustedIps: everywhere,
  createdAt: date,
  updatedAt: date,
})

const read = async (id: string) => {
  const answer = await here.admin.get(jwtAuthPath(id))
  expect(answer.status, answer.text).toBe(200)
  return answer.body.identityJwtAuth
}

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
    expect((await read(id)).configurationType).toBe(configurationType)
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
    expect((await read(id)).configurationType).toBe('static')
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
    expect(await read(id)).toMatchObject({
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
    expect((await read(id)).accessTokenTrustedIps).toEqual([
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
    expect(await read(id)).toMatchObject(sent)
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
    const was = await read(id)
    const answer = await here.admin.delete(jwtAuthPath(id))
    expect(answer.status).toBe(200)
    expect(answer.body).toEqual({ identityJwtAuth: was })
    expectEnvelope(await here.admin.get(jwtAuthPath(id)), { status: 404, error: 'NotFound' })
    expect((await here.admin.post(jwtAuthPath(id), { jwksUrl })).status).toBe(200)
  })
})

describe('update', () => {
  const everything = {
    configurationType: 'jwks',
    jwksUrl,
    boundIssuer: 'https://issuer.example',
    boundAudiences: 'a, b',
    boundClaims: { role: 'admin', 'x.y': 'z*' },
    boundSubject: 'me',
    accessTokenTTL: 600,
    accessTokenMaxTTL: 1200,
    accessTokenNumUsesLimit: 7,
    accessTokenTrustedIps: [{ ipAddress: '10.0.0.0/8' }],
  }
  const kept = { accessTokenTrustedIps: [{ ipAddress: '10.0.0.0', type: 'ipv4', prefix: 8 }] }

  test.each([
    ['nothing', {}, {}],
    ['the SDK’s form', { boundAudiences: 'new-audience' }, { boundAudiences: 'new-audience' }],
    [
      'the OpenAPI form',
      { configurationType: 'jwks', jwksUrl: 'https://b.example/k' },
      { jwksUrl: 'https://b.example/k' },
    ],
    ['an unbinding', { boundIssuer: '', boundClaims: {} }, { boundIssuer: '', boundClaims: {} }],
    ['a lifetime', { accessTokenTTL: 0 }, { accessTokenTTL: 0 }],
  ])('%s changes only what it says', async (_, patch, changed) => {
    const id = await attached(here, everything)
    const answer = await here.admin.patch(jwtAuthPath(id), patch)
    expect(answer.status, answer.text).toBe(200)
    expect(answer.body.identityJwtAuth).toEqual({ ...defaults(id), ...everything, ...kept, ...changed })
    expect(await read(id)).toEqual(answer.body.identityJwtAuth)
  })

  test('the type is switched with the new type’s key field, and only with it', async () => {
    const id = await attached(here, { ...everything, jwksCaCert: '' })
    expect(wrongFields(await here.admin.patch(jwtAuthPath(id), { configurationType: 'static' }))).toEqual([
      'publicKeys',
    ])
    expect((await read(id)).configurationType).toBe('jwks')
    const switched = await here.admin.patch(jwtAuthPath(id), { configurationType: 'static', publicKeys: [pem] })
    expect(switched.body.identityJwtAuth).toEqual({
      ...defaults(id),
      ...everything,
      ...kept,
      configurationType: 'static',
      jwksUrl: '',
      publicKeys: [pem],
    })
    expect(wrongFields(await here.admin.patch(jwtAuthPath(id), { configurationType: 'jwks' }))).toEqual(['jwksUrl'])
    const back = await here.admin.patch(jwtAuthPath(id), { configurationType: 'jwks', jwksUrl })
    expect(back.body.identityJwtAuth).toEqual({ ...defaults(id), ...everything, ...kept })
  })

  test('a TTL that no longer fits the stored maximum is 400 and changes nothing', async () => {
    const id = await attached(here, everything)
    expectEnvelope(await here.admin.patch(jwtAuthPath(id), { accessTokenTTL: 1201 }), {
      status: 400,
      error: 'BadRequest',
    })
    expectEnvelope(await here.admin.patch(jwtAuthPath(id), { accessTokenMaxTTL: 599 }), {
      status: 400,
      error: 'BadRequest',
    })
    expect(await read(id)).toMatchObject({ accessTokenTTL: 600, accessTokenMaxTTL: 1200 })
  })

  test('If-Match refuses a change to another version, and lets one to the version that was read', async () => {
    const id = await attached(here, everything)
    const first = (await here.admin.get(jwtAuthPath(id))).headers.get('etag') ?? ''
    expect(first).toMatch(/^"[^"]+"$/)
    const change = (boundSubject: string, etag: string) =>
      here.admin.patch(jwtAuthPath(id), { boundSubject }, { headers: { 'if-match': etag } })
    const good = await change('one', first)
    expect(good.status).toBe(200)
    const second = good.headers.get('etag') ?? ''
    expect(second).not.toBe(first)
    for (const stale of [first, '"nonsense"', 'garbage']) {
      expectEnvelope(await change('two', stale), { status: 412, error: 'PreconditionFailed' })
    }
    expect((await read(id)).boundSubject).toBe('one')
    expect((await change('three', second)).status).toBe(200)
    expect((await change('four', '*')).status).toBe(200)
  })

  test('twenty at once, each of another claim’s field, lose nothing that was acknowledged', async () => {
    const id = await attached(here, everything)
    const patches = [
      { boundIssuer: 'https://other.example' },
      { boundAudiences: 'other' },
      { boundSubject: 'other' },
      { boundClaims: { other: 'x' } },
      { accessTokenTTL: 300 },
      { accessTokenMaxTTL: 9000 },
      { accessTokenNumUsesLimit: 3 },
      { accessTokenTrustedIps: [{ ipAddress: '192.0.2.0/24' }] },
      { jwksUrl: 'https://other.example/keys' },
    ]
    // Every field is sent at least twice; those of a kind agree, so that the outcome is one.
    const sent = Array.from({ length: 20 }, (_, index) => patches[index % patches.length]!)
    const answers = await Promise.all(sent.map((patch) => here.admin.patch(jwtAuthPath(id), patch)))
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200))
    expect(await read(id)).toEqual({
      ...defaults(id),
      ...everything,
      ...Object.assign({}, ...patches),
      accessTokenTrustedIps: [{ ipAddress: '192.0.2.0', type: 'ipv4', prefix: 24 }],
    })
    const trust = await here.db.trust.findFirstOrThrow({ where: { identityId: id } })
    expect(trust.version).toBe(21)
    expect(await here.db.auditEntry.count({ where: { action: 'trust.updated', targetId: trust.id } })).toBe(20)
  })
})
