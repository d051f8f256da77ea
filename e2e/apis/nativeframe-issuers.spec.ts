import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type JwksServer, startJwksServer } from '../peers/jwks-server'
import { type Installation, install } from './installation'
import { createIssuer } from './issuer'
import { at, base, defaults, expectError, invalid, issuerCalls, jwkOf, newIss, notFound } from './nativeframe-calls'

let peer: JwksServer
let here: Installation
beforeAll(async () => {
  peer = await startJwksServer()
  here = await install({ KEY_FETCH_ALLOWED_ORIGINS: '127.0.0.0/8' })
})
afterAll(async () => {
  await here.stop()
  await peer.stop()
})

const { made, login } = issuerCalls(() => here)

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

  test('a field that a replacement leaves out becomes empty', async () => {
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

  test('PUT does not create an issuer', async () => {
    const iss = newIss()
    const before = await here.rows()
    notFound(await here.admin.put(at(iss), { iss, project: { id: 'video' }, keys: [jwkOf(createIssuer())] }))
    expect(await here.rows()).toEqual(before)
  })

  test('with If-Match a version that has changed is not overwritten', async () => {
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
    expect((await here.admin.get(`${base}?project=unknown`)).body).toEqual({ issuers: [], total: 0 })
  })
})
