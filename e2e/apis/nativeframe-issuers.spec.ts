import { createPublicKey, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startKeybound } from '../fixtures/keybound'
import { type JwksServer, startJwksServer } from '../peers/jwks-server'
import { type Answer, bearer, type Client, createClient } from './client'
import { type Installation, install } from './installation'
import { createIssuer, type Issuer, now, segment } from './issuer'

let peer: JwksServer
let here: Installation
let folder = ''
beforeAll(async () => {
  peer = await startJwksServer()
  folder = mkdtempSync(path.join(tmpdir(), 'keybound-issuers-'))
  here = await install({ KEY_FETCH_ALLOWED_ORIGINS: peer.origin })
})
afterAll(async () => {
  await here.stop()
  await peer.stop()
  rmSync(folder, { recursive: true, force: true })
})

const base = '/auth/v1/issuers'
const at = (iss: string) => `${base}/${encodeURIComponent(iss)}`
const newIss = () => `https://issuer.example/${randomUUID()}`
const jwkOf = ({ publicKey }: Issuer, kid = 'k1') => ({ ...publicKey.export({ format: 'jwk' }), kid })

/** Every documented field, as an issuer is answered that was given only what it needs. */
const defaults = { JWKsURL: '', aud: [], roles: [], prm: 0, internal: false, static: false, keys: [] }

async function made(more: Record<string, unknown> = {}, client: Client = here.admin) {
  const signer = createIssuer()
  const iss = newIss()
  const sent = { iss, project: { id: 'video' }, keys: [jwkOf(signer)], ...more }
  const answer = await client.post(base, sent)
  expect(answer.status, answer.text).toBe(201)
  /** A token of this issuer; `claims` may hold raw JSON text for numbers that JavaScript would round. */
  const token = (claims: Record<string, unknown> = {}, header: Record<string, unknown> = { kid: 'k1' }) =>
    signer.token({ iss, ...claims }, header)
  const raw = (members: string) =>
    signer.signRaw(
      JSON.stringify({ alg: signer.alg, kid: 'k1' }),
      `{"iss":${JSON.stringify(iss)},"sub":"cam-7","exp":${now() + 600},${members}}`,
    )
  return { iss, signer, answer, sent, token, raw }
}

/** The documented error body, exactly; answers the wrong fields by name and code. */
function expectError({ status, body, headers }: Answer, expected: { status: number; errorCode: string }) {
  expect({ status, errorCode: body.errorCode }, JSON.stringify(body)).toEqual(expected)
  expect(headers.get('content-type')).toMatch(/^application\/json/)
  expect(body).toEqual({
    message: expect.any(String),
    errorCode: expected.errorCode,
    invalidFields: expect.any(Array),
  })
  return body.invalidFields.map((field: { name: string; errorCode: string }) => {
    expect(field).toEqual({ name: expect.any(String), reason: expect.any(String), errorCode: expect.any(String) })
    return `${field.name} ${field.errorCode}`
  })
}

const invalid = (answer: Answer) => expectError(answer, { status: 400, errorCode: 'validation_failed' })
const notFound = (answer: Answer) => expectError(answer, { status: 404, errorCode: 'issuer_not_found' })

const login = (token: string, more: object = {}) => here.nobody.post('/auth/v1/tokens', { token, ...more })
const try_ = (iss: string, token: string, client = here.admin) => client.post(`${at(iss)}/test`, { token })
const introspect = (token: string) => here.admin.post('/api/v1/auth/token/introspect', { token })

/** The text between `"prm":` and what follows, so that no reader of JSON has rounded it. */
const rawPrm = (text: string) => /"prm":([^,}]*)/.exec(text)?.[1]
const payloadText = (token: string) => Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()

const boundaries = [0n, 1n, 2n ** 53n - 1n, 2n ** 53n, 2n ** 53n + 1n, 2n ** 63n - 1n, 2n ** 63n, 2n ** 64n - 1n]

describe('create, read, replace, delete', () => {
  test('an issuer with one key gets every documented field, and nothing else', async () => {
    const { iss, sent, answer } = await made()
    expect(answer.body).toEqual({ ...defaults, ...sent })
    expect(answer.headers.get('location')).toBe(at(iss))
    const read = await here.admin.get(at(iss))
    expect(read.status, read.text).toBe(200)
    expect(read.body).toEqual(answer.body)
  })

  test('the call of the document works: PUT with a body that has every field', async () => {
    const { iss, signer } = await made()
    const body = {
      iss,
      project: { id: 'string' },
      JWKsURL: 'https://issuer.example/jwks.json',
      aud: ['string'],
      roles: ['string'],
      prm: 0,
      internal: false,
      static: false,
      keys: [jwkOf(signer)],
    }
    const answer = await here.admin.call('PUT', at(iss), undefined, {
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      raw: JSON.stringify(body, null, 1),
    })
    expect(answer.status, answer.text).toBe(200)
    expect(answer.body).toEqual(body)
    expect(Object.keys(answer.body)).toEqual(Object.keys(body))
    expect((await here.admin.get(at(iss))).body).toEqual(body)
  })

  test('a client that knows only the document reads, changes one field and keeps all the others', async () => {
    const prm = 2n ** 64n - 2n
    const { iss, signer } = await made()
    const keys = [
      { ...jwkOf(signer, 'a'), use: 'sig', x5t: 'abc' },
      jwkOf(createIssuer('RS256'), 'b'),
      jwkOf(createIssuer('EdDSA'), 'c'),
    ]
    const whole = { iss, project: { id: 'p1' }, JWKsURL: peer.jwksUrl, aud: ['a', 'b'], roles: ['r', 's'], keys }
    const first = await here.admin.put(at(iss), { ...whole, prm: String(prm) })
    expect(first.status, first.text).toBe(200)
    const read = await here.admin.get(at(iss))
    const changed = read.text.replace('"roles":["r","s"]', '"roles":["r","s","t"]')
    const written = await here.admin.put(at(iss), undefined, {
      raw: changed,
      headers: { 'content-type': 'application/json' },
    })
    expect(written.status, written.text).toBe(200)
    expect(written.text).toBe(changed)
    expect((await here.admin.get(at(iss))).text).toBe(changed)
  })

  test('what a replacement leaves out becomes empty', async () => {
    const { iss, signer } = await made({ aud: ['a'], roles: ['r'], prm: 7, JWKsURL: 'https://i.example/jwks' })
    const sent = { iss, project: { id: 'video' }, keys: [jwkOf(signer)] }
    expect((await here.admin.put(at(iss), sent)).body).toEqual({ ...defaults, ...sent })
  })

  test('a Go client that sends zero values and one that leaves them out get the same', async () => {
    const go = await made({ JWKsURL: '', aud: null, roles: null, prm: 0, internal: false, static: false })
    const lean = await made()
    const { iss: _, keys: __, ...rest } = go.answer.body
    const { iss: ___, keys: ____, ...other } = lean.answer.body
    expect(rest).toEqual(other)
    for (const { token } of [go, lean]) {
      const answer = await login(token({ prm: 255, roles: ['any'] }))
      expect(answer.status, answer.text).toBe(200)
    }
  })

  test('deleting answers 204 without a body, and then there is nothing', async () => {
    const { iss } = await made()
    const gone = await here.admin.delete(at(iss))
    expect({ status: gone.status, text: gone.text }).toEqual({ status: 204, text: '' })
    notFound(await here.admin.get(at(iss)))
    notFound(await here.admin.delete(at(iss)))
  })

  test('a PUT makes nothing', async () => {
    const iss = newIss()
    const before = await here.rows()
    notFound(await here.admin.put(at(iss), { iss, project: { id: 'video' }, keys: [jwkOf(createIssuer())] }))
    expect(await here.rows()).toEqual(before)
  })

  test('a version that was read is not overwritten unseen', async () => {
    const { iss, sent } = await made()
    const { headers } = await here.admin.get(at(iss))
    const etag = headers.get('etag') ?? ''
    expect((await here.admin.put(at(iss), sent, { headers: { 'if-match': etag } })).status).toBe(200)
    const late = await here.admin.put(at(iss), sent, { headers: { 'if-match': etag } })
    expectError(late, { status: 412, errorCode: 'issuer_changed' })
  })

  test('acts are audited, with the project a moved issuer came from', async () => {
    const { iss, sent } = await made({ project: { id: 'old' } })
    await here.admin.put(at(iss), { ...sent, project: { id: 'new' } })
    await here.admin.delete(at(iss))
    const entries = await here.db.auditEntry.findMany({ where: { targetName: iss }, orderBy: { at: 'asc' } })
    expect(entries.map(({ action }) => action)).toEqual(['trust.created', 'trust.updated', 'trust.deleted'])
    expect(JSON.parse(entries[1]?.before ?? '').foreign.nativeframe.project).toBe('old')
    expect(JSON.parse(entries[1]?.after ?? '').foreign.nativeframe.project).toBe('new')
  })
})

describe('the issuer in the path', () => {
  test.each(['https://i.example/a b?c=d&e#f', 'urn:x:y', 'ä/ö%2F', 'plain', '..%2F', 'quote\'"\\'])(
    '%s travels percent-encoded',
    async (name) => {
      const { iss } = await made({ iss: `${name} ${randomUUID()}` })
      void iss
      const list = await here.admin.get(`${base}?limit=200`)
      const found = list.body.issuers.find((issuer: { iss: string }) => issuer.iss.startsWith(`${name} `))
      const read = await here.admin.get(at(found.iss))
      expect(read.status, read.text).toBe(200)
      expect(read.body.iss).toBe(found.iss)
    },
  )

  test('its internal id is another address of it', async () => {
    const { iss, answer, sent } = await made()
    const other = answer.headers.get('content-location') ?? ''
    expect(other).toMatch(/^\/auth\/v1\/issuers\/id:[0-9a-f-]{36}$/)
    expect((await here.admin.get(other)).body.iss).toBe(iss)
    expect((await here.admin.put(other, { ...sent, aud: ['x'] })).body.aud).toEqual(['x'])
    expect((await here.admin.get(at(iss))).body.aud).toEqual(['x'])
    expect(invalid(await here.admin.put(other, { ...sent, iss: newIss() }))).toEqual(['iss iss_mismatch'])
    expect((await here.admin.delete(other)).status).toBe(204)
    notFound(await here.admin.get(other))
    notFound(await here.admin.get(`${base}/id:${randomUUID()}`))
  })

  test('is exact: case and slashes make another', async () => {
    const { iss } = await made()
    notFound(await here.admin.get(at(`${iss}/`)))
    notFound(await here.admin.get(at(iss.toUpperCase())))
  })

  test('the id of another kind of trust is no issuer', async () => {
    const identityId = await here.identity()
    const attach = `/api/v1/auth/jwt-auth/identities/${identityId}`
    const jwt = await here.admin.post(attach, { publicKeys: [createIssuer().pem] })
    notFound(await here.admin.get(`${base}/id:${jwt.body.identityJwtAuth.id}`))
  })
})

describe('one issuer in an organization', () => {
  test('a second time is 409 and changes nothing', async () => {
    const { sent } = await made()
    const before = await here.rows()
    expectError(await here.admin.post(base, sent), { status: 409, errorCode: 'issuer_exists' })
    expect(await here.rows()).toEqual(before)
  })

  test('at the same moment one succeeds, and the new project is made once', async () => {
    const [iss, project] = [newIss(), randomUUID()]
    const sent = { iss, project: { id: project }, keys: [jwkOf(createIssuer())] }
    const answers = await Promise.all(Array.from({ length: 6 }, () => here.admin.post(base, sent)))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409])
    expect(await here.db.trust.count({ where: { soleIssuer: iss } })).toBe(1)
  })

  test('a project named by many at once for the first time is one project', async () => {
    const label = randomUUID()
    await Promise.all(Array.from({ length: 6 }, () => made({ project: { id: label } })))
    expect(await here.db.project.count({ where: { label } })).toBe(1)
    expect(await here.db.auditEntry.count({ where: { action: 'project.created', targetName: label } })).toBe(1)
    const { body } = await here.admin.get(`${base}?project=${label}`)
    expect(body.total).toBe(6)
  })
})

describe('the list', () => {
  test('is of a project, in pages, and counts all', async () => {
    const label = `list ${randomUUID()}`
    const all: string[] = []
    for (let count = 0; count < 3; count++) all.push((await made({ project: { id: label } })).iss)
    const page = (query: string) => here.admin.get(`${base}?project=${encodeURIComponent(label)}&${query}`)
    const [first, second] = [await page('limit=2'), await page('limit=2&offset=2')]
    expect([first.body.total, second.body.total]).toEqual([3, 3])
    const listed = [...first.body.issuers, ...second.body.issuers].map(({ iss }: { iss: string }) => iss)
    expect(listed).toEqual(all.sort())
    expect(invalid(await page('limit=0&offset=-1')).sort()).toEqual(['query.limit too_small', 'query.offset too_small'])
    expect((await here.admin.get(`${base}?project=nobody`)).body).toEqual({ issuers: [], total: 0 })
  })
})

describe('wrong fields', () => {
  test('are all named at once, and nothing is written', async () => {
    const { iss } = await made()
    const before = await here.rows()
    const key = jwkOf(createIssuer())
    const answer = await here.admin.put(at(iss), {
      iss: newIss(),
      JWKsURL: 'http://issuer.example/jwks',
      aud: [''],
      roles: 'admin',
      prm: -1,
      internal: true,
      static: true,
      keys: [key, key, { kty: 'oct', k: 'c2VjcmV0' }, { ...jwkOf(createIssuer(), 'x'), d: 'AAAA' }, null],
      jwks: [],
    })
    expect(invalid(answer).sort()).toEqual([
      'JWKsURL https_required',
      'aud[0] too_small',
      'internal read_only_field',
      'iss iss_mismatch',
      'jwks unknown_key',
      'keys[1].kid duplicate_kid',
      'keys[2] symmetric_key',
      'keys[3] private_key_material',
      'keys[4] invalid_type',
      'prm invalid_uint64',
      'project invalid_type',
      'roles invalid_type',
      'static read_only_field',
    ])
    expect(await here.rows()).toEqual(before)
    expect(await here.holds('c2VjcmV0')).toBe(false)
  })

  test('without URL and keys, both fields are named', async () => {
    const { iss } = await made()
    const sent = { iss, project: { id: 'p' }, JWKsURL: '', keys: [] }
    expect(invalid(await here.admin.put(at(iss), sent)).sort()).toEqual([
      'JWKsURL jwks_or_keys_required',
      'keys jwks_or_keys_required',
    ])
  })

  test.each(['1e3', '1.5', '1.0', '-1', '18446744073709551616', 'true', '"0x10"', '"1e3"', '""', '[]'])(
    'prm %s is refused by name',
    async (written) => {
      const { iss, sent } = await made()
      const raw = JSON.stringify(sent).replace(/}$/, `,"prm":${written}}`)
      const answer = await here.admin.put(at(iss), undefined, { raw, headers: { 'content-type': 'application/json' } })
      expect(invalid(answer)).toEqual(['prm invalid_uint64'])
    },
  )

  test('a body that is no JSON is 400', async () => {
    const raw = { raw: '{"iss":', headers: { 'content-type': 'application/json' } }
    expectError(await here.admin.post(base, undefined, raw), { status: 400, errorCode: 'malformed_body' })
  })
})

describe('who may', () => {
  test('nobody is 401, on every route', async () => {
    const { iss, sent, token } = await made()
    for (const answer of [
      await here.nobody.get(base),
      await here.nobody.post(base, sent),
      await here.nobody.get(at(iss)),
      await here.nobody.put(at(iss), sent),
      await here.nobody.delete(at(iss)),
      await try_(iss, token(), here.nobody),
      await here.nobody.as(bearer('x.y.z')).get(base),
    ]) {
      expectError(answer, { status: 401, errorCode: 'unauthenticated' })
      expect(answer.headers.get('www-authenticate')).toBe('Bearer')
    }
  })

  test.each([
    ['no-access', false, false],
    ['auditor', true, false],
    ['member', true, true],
    ['admin', true, true],
  ])('%s reads: %s, writes: %s', async (role, reads, writes) => {
    const { client } = await here.actor(role)
    const { iss, sent, token } = await made()
    const before = await here.db.trust.findMany()
    for (const answer of [await client.get(base), await client.get(at(iss)), await try_(iss, token(), client)]) {
      if (reads) expect(answer.status, answer.text).toBe(200)
      else expectError(answer, { status: 403, errorCode: 'forbidden' })
    }
    const acts = [
      await client.put(at(iss), sent),
      await client.post(base, { ...sent, iss: newIss() }),
      await client.delete(at(iss)),
    ]
    if (writes) expect(acts.map(({ status }) => status)).toEqual([200, 201, 204])
    else {
      for (const answer of acts) expectError(answer, { status: 403, errorCode: 'forbidden' })
      expect(await here.db.trust.findMany()).toEqual(before)
    }
  })

  test('another organization’s issuer is not there', async () => {
    const organizationId = randomUUID()
    const { iss } = await made()
    const { trustId } = { trustId: (await here.db.trust.findFirstOrThrow({ where: { soleIssuer: iss } })).id }
    await here.db.organization.create({ data: { id: organizationId, name: 'Others', slug: organizationId } })
    await here.db.trust.update({ where: { id: trustId }, data: { organizationId, projectId: null } })
    notFound(await here.admin.get(at(iss)))
    notFound(await here.admin.get(`${base}/id:${trustId}`))
    notFound(await here.admin.delete(at(iss)))
    await here.db.organization.delete({ where: { id: organizationId } })
  })
})

describe('prm is exact', () => {
  test.each(boundaries)('%s in, stored, out, and in the token', async (prm) => {
    const { iss, raw, sent } = await made()
    for (const written of [`${prm}`, `"${prm}"`]) {
      const text = JSON.stringify(sent).replace(/}$/, `,"prm":${written}}`)
      const answer = await here.admin.put(at(iss), undefined, {
        raw: text,
        headers: { 'content-type': 'application/json' },
      })
      expect(answer.status, answer.text).toBe(200)
      expect(rawPrm(answer.text)).toBe(String(prm))
      expect(rawPrm((await here.admin.get(at(iss))).text)).toBe(String(prm))
    }
    const answer = await login(raw(`"prm":${prm},"roles":["r"]`))
    expect(answer.status, answer.text).toBe(200)
    expect(rawPrm(answer.text)).toBe(String(prm))
    expect(rawPrm(payloadText(answer.body.accessToken))).toBe(String(prm))
    expect(rawPrm((await introspect(answer.body.accessToken)).text)).toBe(String(prm))
  })

  test.each([
    [1n, 2n, '1'],
    [2n ** 63n, 2n ** 63n + 5n, '0, 2'],
    [2n ** 64n - 2n, 2n ** 64n - 1n, '0'],
    [2n ** 53n, 2n ** 53n + 1n, '0'],
  ])('under %s, %s is refused and bits %s are named to the owner alone', async (mask, prm, bits) => {
    const { iss, raw } = await made({ prm: String(mask) })
    const token = raw(`"prm":${prm}`)
    const tried = await try_(iss, token)
    const check = tried.body.checks.find(({ id }: { id: string }) => id === 'claim:prm')
    expect(check).toMatchObject({ status: 'fail', received: String(prm), fix: `Bits that are not allowed: ${bits}.` })
    const refused = await login(token)
    expectError(refused, { status: 403, errorCode: 'claim_mismatch' })
    expect(refused.text).not.toContain(String(mask))
    expect((await login(raw(`"prm":${mask}`))).status).toBe(200)
  })
})

describe('a login', () => {
  test('buys an access token that says roles and prm, whose it is, and nothing of an identity', async () => {
    const { iss, token } = await made()
    const answer = await login(token({ sub: 'cam-7', roles: ['viewer', 'host'], prm: 5 }))
    expect(answer.status, answer.text).toBe(200)
    const { accessToken, ...rest } = answer.body
    expect(rest).toEqual({
      tokenType: 'Bearer',
      expiresIn: 2_592_000,
      roles: ['viewer', 'host'],
      prm: 5,
      decisionId: answer.headers.get('x-request-id'),
    })
    const trust = await here.db.trust.findFirstOrThrow({ where: { soleIssuer: iss } })
    const said = { issuer: iss, subject: 'cam-7', roles: ['viewer', 'host'], prm: 5, sub: trust.id }
    expect(JSON.parse(payloadText(accessToken))).toMatchObject({ ...said, authMethod: 'issuer' })
    expect((await introspect(accessToken)).body).toMatchObject({ active: true, ...said, authMethod: 'issuer' })
    const decision = await here.db.decision.findUniqueOrThrow({ where: { id: rest.decisionId } })
    expect(decision).toMatchObject({ accepted: true, method: 'issuer', identityId: null, trustId: trust.id })
  })

  test('without roles and prm buys none', async () => {
    const { token } = await made({ roles: ['a'], prm: 3 })
    expect((await login(token())).body).toMatchObject({ roles: [], prm: 0 })
  })

  test.each([
    ['an audience that is not ours', { aud: ['a'] }, { aud: 'b' }, 403, 'audience_mismatch'],
    ['an audience in another case', { aud: ['a'] }, { aud: 'A' }, 403, 'audience_mismatch'],
    ['no audience', { aud: ['a'] }, { aud: undefined }, 403, 'claim_missing'],
    ['a role too many', { roles: ['a'] }, { roles: ['a', 'b'] }, 403, 'claim_mismatch'],
    ['roles of another type', { roles: ['a'] }, { roles: 5 }, 403, 'claim_mismatch'],
    ['roles of another type where all are allowed', {}, { roles: [5] }, 403, 'claim_mismatch'],
    ['prm of another type where all is allowed', {}, { prm: 1.5 }, 403, 'claim_mismatch'],
    ['no expiry', {}, { exp: undefined }, 401, 'expiry_missing'],
    ['an expiry that is over', {}, { exp: now() - 1 }, 401, 'token_expired'],
    ['a time that has not come', {}, { nbf: now() + 600 }, 401, 'token_not_yet_valid'],
  ])('with %s is refused', async (_, bound, claims, status, errorCode) => {
    const { token } = await made(bound)
    const before = await here.db.accessToken.count()
    expect(expectError(await login(token(claims)), { status, errorCode })).toEqual([])
    expect(await here.db.accessToken.count()).toBe(before)
  })

  test.each([
    ['one of several audiences', { aud: ['a', 'b'] }, { aud: ['x', 'b'] }],
    ['any audience where none is bound', {}, { aud: 'whatever' }],
    ['some of the roles', { roles: ['a', 'b'] }, { roles: ['b'] }],
    ['one role as text', { roles: ['a', 'b'] }, { roles: 'b' }],
    ['any role where none is bound', {}, { roles: ['whatever'] }],
  ])('with %s is accepted', async (_, bound, claims) => {
    const { token } = await made(bound)
    const answer = await login(token(claims))
    expect(answer.status, answer.text).toBe(200)
  })

  test('by an issuer nobody believes is 404, and bytes that are no token are 401', async () => {
    notFound(await login(createIssuer().token({ iss: newIss() })))
    notFound(await login(createIssuer().token({ iss: undefined })))
    expectError(await login('not-a-token'), { status: 401, errorCode: 'token_malformed' })
    expect(expectError(await login(''), { status: 400, errorCode: 'validation_failed' })).toEqual(['token too_small'])
  })

  test('signed by somebody else is 401', async () => {
    const { iss } = await made()
    const forged = createIssuer().token({ iss }, { kid: 'k1' })
    expectError(await login(forged), { status: 401, errorCode: 'signature_invalid' })
    const none = `${segment('{"alg":"none"}')}.${segment(JSON.stringify({ iss, exp: now() + 60 }))}.`
    expectError(await login(none), { status: 401, errorCode: 'algorithm_not_allowed' })
  })

  test('where two organizations believe the issuer says which is meant', async () => {
    const { iss, token } = await made()
    const id = randomUUID()
    const ours = await here.db.trust.findFirstOrThrow({ where: { soleIssuer: iss } })
    await here.db.organization.create({ data: { id, name: 'Others', slug: `others-${id}` } })
    await here.db.trust.create({ data: { ...ours, id: randomUUID(), organizationId: id, projectId: null } })
    notFound(await login(token()))
    const named = await login(token(), { organizationSlug: `others-${id}` })
    expect(named.status, named.text).toBe(200)
    expect(JSON.parse(payloadText(named.body.accessToken)).organizationId).toBe(id)
    // To us it is a token of somebody else's.
    expect((await introspect(named.body.accessToken)).body).toEqual({ active: false })
    await here.db.organization.delete({ where: { id } })
  })
})

describe('an access token of an issuer', () => {
  const bought = async (more: Record<string, unknown> = {}) => {
    const one = await made(more)
    const answer = await login(one.raw('"roles":["admin"],"prm":18446744073709551615'))
    expect(answer.status, answer.text).toBe(200)
    return { ...one, accessToken: answer.body.accessToken as string }
  }

  test('has no role on our own routes, whatever roles it names', async () => {
    const { accessToken, iss } = await bought()
    const client = here.nobody.as(bearer(accessToken))
    expectError(await client.get(base), { status: 403, errorCode: 'forbidden' })
    expectError(await client.delete(at(iss)), { status: 403, errorCode: 'forbidden' })
    for (const place of ['/api/admin/overview', '/api/admin/tokens', '/api/admin/trusts', '/api/admin/members']) {
      expect((await client.get(place)).status, place).toBe(403)
    }
    expect((await client.get('/api/v1/identities/details')).status).toBe(403)
  })

  test('is listed, and can be revoked by its id', async () => {
    const { accessToken, iss } = await bought()
    const { jti } = JSON.parse(payloadText(accessToken))
    const list = await here.admin.get('/api/admin/tokens?method=issuer&limit=100')
    expect(list.status, list.text).toBe(200)
    const listed = list.body.tokens.find(({ id }: { id: string }) => id === jti)
    expect(listed).toMatchObject({ identityId: null, identityName: null, name: iss, method: 'issuer' })
    expect((await here.admin.delete(`/api/admin/tokens/${jti}`)).status).toBe(204)
    expect((await introspect(accessToken)).body).toEqual({ active: false })
  })

  test('can be ended by whoever holds it', async () => {
    const { accessToken } = await bought()
    expect((await here.nobody.post('/api/v1/auth/token/revoke', { accessToken })).status).toBe(200)
    expect((await introspect(accessToken)).body).toEqual({ active: false })
    expectError(await here.nobody.as(bearer(accessToken)).get(base), { status: 401, errorCode: 'unauthenticated' })
  })

  test('says the same after a renewal, to the last bit', async () => {
    const { accessToken } = await bought()
    const renewed = await here.nobody.post('/api/v1/auth/token/renew', { accessToken })
    expect(renewed.status, renewed.text).toBe(200)
    const text = payloadText(renewed.body.accessToken)
    expect(rawPrm(text)).toBe('18446744073709551615')
    expect(JSON.parse(text)).toMatchObject({ roles: ['admin'], subject: 'cam-7' })
  })

  test('dies with its issuer', async () => {
    const { accessToken, iss } = await bought()
    expect((await here.admin.delete(at(iss))).status).toBe(204)
    expect((await introspect(accessToken)).body).toEqual({ active: false })
    const { jti } = JSON.parse(payloadText(accessToken))
    expect(await here.db.accessToken.count({ where: { id: jti } })).toBe(0)
  })

  test('stops while its issuer is switched off', async () => {
    const { accessToken, iss, token } = await bought()
    await here.db.trust.updateMany({ where: { soleIssuer: iss }, data: { enabled: false, version: 2 } })
    expect((await introspect(accessToken)).body).toEqual({ active: false })
    notFound(await login(token()))
  })

  test('leaves nothing of the login token’s text behind', async () => {
    const { token } = await made()
    const text = token({ jti: randomUUID() })
    expect((await login(text)).status).toBe(200)
    expect(await here.holds(text.split('.')[2] ?? '')).toBe(false)
  })
})

describe('the test of a token', () => {
  test('answers the whole trace, issues nothing and is no login', async () => {
    const { iss, token } = await made({ aud: ['a'] })
    const tokens = await here.db.accessToken.count()
    const good = await try_(iss, token({ aud: 'a' }))
    expect(good.body).toMatchObject({ accepted: true, decisionId: good.headers.get('x-request-id') })
    const bad = await try_(iss, token({ aud: 'b', exp: now() - 5 }))
    expect(bad.status).toBe(200)
    expect(bad.body.accepted).toBe(false)
    const statuses = Object.fromEntries(
      bad.body.checks.map((check: { id: string; status: string }) => [check.id, check.status]),
    )
    expect(statuses).toMatchObject({ signature: 'pass', iss: 'pass', aud: 'fail', exp: 'fail', grant: 'skipped' })
    for (const check of bad.body.checks) {
      expect(check).toMatchObject({ id: expect.any(String), status: expect.any(String), message: expect.any(String) })
    }
    expect(await here.db.accessToken.count()).toBe(tokens)
    const kept = await here.db.decision.findUniqueOrThrow({ where: { id: bad.body.decisionId } })
    expect(kept).toMatchObject({ method: 'test', accepted: false, checkId: 'exp', identityId: null })
  })

  test('of an issuer that is not there is 404, of a text that is no token 200', async () => {
    notFound(await try_(newIss(), 'a.b.c'))
    const { iss } = await made()
    const answer = await try_(iss, 'not a token')
    expect(answer.status, answer.text).toBe(200)
    expect(answer.body.accepted).toBe(false)
  })
})

describe('keys of the URL and keys supplied', () => {
  const sign = (key: ReturnType<JwksServer['rotate']>, iss: string, kid: string | undefined = key.kid) =>
    createIssuer('ES256', { privateKey: key.privateKey, publicKey: createPublicKey(key.privateKey) }).token(
      { iss },
      { kid },
    )

  test('are merged at verification: the URL wins its kids, the supplied fill in; the answer shows only the supplied', async () => {
    const fetched = peer.rotate({ kid: 'shared' })
    const shadowed = createIssuer()
    const extra = createIssuer()
    const keys = [jwkOf(shadowed, 'shared'), jwkOf(extra, 'extra')]
    const { iss, answer } = await made({ JWKsURL: peer.jwksUrl, keys })
    expect(answer.body.keys).toEqual(keys)
    expect((await login(sign(fetched, iss))).status).toBe(200)
    expect((await login(extra.token({ iss }, { kid: 'extra' }))).status).toBe(200)
    expectError(await login(shadowed.token({ iss }, { kid: 'shared' })), {
      status: 401,
      errorCode: 'signature_invalid',
    })
    expect((await here.admin.get(at(iss))).body.keys).toEqual(keys)

    const jwks = await here.nobody.get(`/auth/v1/jwks?iss=${encodeURIComponent(iss)}`)
    expect(jwks.status, jwks.text).toBe(200)
    expect(jwks.body.keys.map(({ kid }: { kid: string }) => kid)).toEqual(['shared', 'extra'])
    expect(jwks.body.keys[0].x).toBe(fetched.jwk.x)
  })

  test('a token without a kid needs the only fitting key', async () => {
    const one = await made()
    expect((await login(one.token({}, { kid: undefined }))).status).toBe(200)
    const two = await made({ keys: [jwkOf(createIssuer(), 'a'), jwkOf(createIssuer(), 'b')] })
    expectError(await login(two.token({}, { kid: undefined })), { status: 401, errorCode: 'key_ambiguous' })
  })

  test('when the URL fails, its last good keys and the supplied ones serve', { timeout: 60_000 }, async () => {
    const own = await startJwksServer({ port: 0 })
    const kept = createIssuer()
    const installation = await install({ KEY_FETCH_ALLOWED_ORIGINS: own.origin })
    try {
      const fetched = own.rotate({ kid: 'fetched' })
      const { iss } = await made({ JWKsURL: own.jwksUrl, keys: [jwkOf(kept, 'kept')] }, installation.admin)
      const logIn = (token: string) => installation.nobody.post('/auth/v1/tokens', { token })
      expect((await logIn(sign(fetched, iss))).status).toBe(200)
      await own.stop()
      expect((await logIn(kept.token({ iss }, { kid: 'kept' }))).status).toBe(200)
      expect((await logIn(sign(fetched, iss))).status).toBe(200)
      // An issuer whose URL never answered has only what was supplied.
      const other = await made({ JWKsURL: `${own.origin}/other`, keys: [jwkOf(kept, 'kept')] }, installation.admin)
      expect((await logIn(kept.token({ iss: other.iss }, { kid: 'kept' }))).status).toBe(200)
      const unknown = await logIn(sign(fetched, other.iss))
      expectError(unknown, { status: 503, errorCode: 'key_source_unavailable' })
      expect(unknown.headers.get('retry-after')).toMatch(/^\d+$/)
    } finally {
      await installation.stop()
      await own.stop()
    }
  })

  test('are public, but only their public halves, and only for who can name the issuer', async () => {
    const { iss, signer } = await made({ project: { id: 'keys' } })
    const ask = (query: string) => here.nobody.get(`/auth/v1/jwks?${query}`)
    const { x, y } = signer.publicKey.export({ format: 'jwk' })
    const mine = `iss=${encodeURIComponent(iss)}`
    expect((await ask(mine)).body).toEqual({ keys: [{ kty: 'EC', crv: 'P-256', x, y, kid: 'k1' }] })
    expect((await ask(`${mine}&project=keys`)).status).toBe(200)
    notFound(await ask(`${mine}&project=other`))
    notFound(await ask(`iss=${encodeURIComponent(newIss())}`))
    expect(invalid(await ask(''))).toEqual(['query.iss invalid_type'])
    peer.rawBody = JSON.stringify({ keys: [{ ...createIssuer().privateKey.export({ format: 'jwk' }), kid: 'leak' }] })
    const leaky = await made({ JWKsURL: `${peer.jwksUrl}?leaky` })
    expect((await ask(`iss=${encodeURIComponent(leaky.iss)}`)).text).not.toContain('"d"')
    peer.rawBody = null
  })
})

describe('issuers from a configuration file', () => {
  const file = (name: string, text: string) => {
    const place = path.join(folder, name)
    writeFileSync(place, text)
    return place
  }
  const signer = createIssuer()
  const key = JSON.stringify(jwkOf(signer))
  const one = (iss: string, more = '') => `- iss: ${iss}\n  project: { id: edge }\n  keys: [${key}]\n${more}`

  test('are there from the start, shown as static, believed, and not to be changed', { timeout: 120_000 }, async () => {
    const [ci, edge] = [newIss(), newIss()]
    const settings = one(ci, '  internal: true\n  prm: 18446744073709551615\n') + one(edge)
    const installation = await install({ KEYBOUND_STATIC_ISSUERS: file('first.yaml', settings) })
    const { admin, nobody, db, keybound } = installation
    try {
      const read = await admin.get(at(ci))
      expect(read.body).toMatchObject({ iss: ci, static: true, internal: true, project: { id: 'edge' } })
      expect(rawPrm(read.text)).toBe('18446744073709551615')
      expect((await nobody.post('/auth/v1/tokens', { token: signer.token({ iss: ci }, { kid: 'k1' }) })).status).toBe(
        200,
      )
      const bought = await nobody.post('/auth/v1/tokens', { token: signer.token({ iss: edge }, { kid: 'k1' }) })
      for (const answer of [
        await admin.put(at(ci), read.body),
        await admin.put(at(ci), {}),
        await admin.delete(at(ci)),
      ]) {
        expectError(answer, { status: 403, errorCode: 'static_issuer' })
      }
      const { actorKind } = await db.auditEntry.findFirstOrThrow({ where: { targetName: ci } })
      expect(actorKind).toBe('system')

      // The next start changes one, drops one with its tokens, takes one over, and leaves what is as it was.
      const mine = await made({}, admin)
      const next = one(ci, '  aud: [changed]\n') + one(mine.iss)
      const again = { DATABASE_URL: keybound.databaseUrl, KEYBOUND_STATIC_ISSUERS: file('next.yaml', next) }
      const restarted = await startKeybound({ env: again })
      const there = createClient(restarted.baseUrl)
      expect((await admin.get(at(ci))).body).toMatchObject({ aud: ['changed'], internal: false, prm: 0 })
      notFound(await admin.get(at(edge)))
      expect((await admin.get(at(mine.iss))).body).toMatchObject({ static: true, keys: [jwkOf(signer)] })
      expectError(await there.as(bearer(bought.body.accessToken)).get(base), {
        status: 401,
        errorCode: 'unauthenticated',
      })
      const entries = await db.auditEntry.count()
      const thrice = await startKeybound({ env: again })
      expect(await db.auditEntry.count()).toBe(entries)
      const without = await startKeybound({ env: { DATABASE_URL: keybound.databaseUrl } })
      expect((await admin.get(base)).body.issuers).toEqual([])
      for (const server of [restarted, thrice, without]) await server.stop()
    } finally {
      await installation.stop()
    }
  })

  test('that are wrong keep the server from starting, by line and column', async () => {
    const wrong = file('wrong.yaml', one(newIss(), '  prm: -1\n'))
    await expect(startKeybound({ env: { KEYBOUND_STATIC_ISSUERS: wrong } })).rejects.toThrow(
      /wrong\.yaml:4:3: \[0\]\.prm/,
    )
  })

  test('that are not there keep the server from starting', async () => {
    const missing = path.join(folder, 'nowhere.yaml')
    await expect(startKeybound({ env: { KEYBOUND_STATIC_ISSUERS: missing } })).rejects.toThrow(
      /KEYBOUND_STATIC_ISSUERS/,
    )
  })
})
