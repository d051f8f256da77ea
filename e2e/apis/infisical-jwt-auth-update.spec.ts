import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { attached, expectEnvelope, type Installation, install, jwtAuthPath, wrongFields } from './installation'
import { createIssuer } from './issuer'
import { defaults, readJwtAuth } from './jwt-auth-answers'

let here: Installation
beforeAll(async () => {
  here = await install()
})
afterAll(() => here.stop())

const issuer = createIssuer()
const pem = issuer.pem.trim()
const jwksUrl = 'https://issuer.example.com/.well-known/jwks.json'

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
    expect(await readJwtAuth(here, id)).toEqual(answer.body.identityJwtAuth)
  })

  test('the type is switched with the new type’s key field, and only with it', async () => {
    const id = await attached(here, { ...everything, jwksCaCert: '' })
    expect(wrongFields(await here.admin.patch(jwtAuthPath(id), { configurationType: 'static' }))).toEqual([
      'publicKeys',
    ])
    expect((await readJwtAuth(here, id)).configurationType).toBe('jwks')
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
    expect(await readJwtAuth(here, id)).toMatchObject({ accessTokenTTL: 600, accessTokenMaxTTL: 1200 })
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
    expect((await readJwtAuth(here, id)).boundSubject).toBe('one')
    expect((await change('three', second)).status).toBe(200)
    expect((await change('four', '*')).status).toBe(200)
  })

  test('twenty concurrent updates, each of a different field, lose nothing that was acknowledged', async () => {
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
    expect(await readJwtAuth(here, id)).toEqual({
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
