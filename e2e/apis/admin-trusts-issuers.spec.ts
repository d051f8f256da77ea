import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openOnPurpose } from '../fixtures/open-on-purpose'
import type { Answer } from './client'
import { attached, type Installation, install } from './installation'
import { createIssuer } from './issuer'

const signer = createIssuer()
const jwk = (kid = 'k1') => ({ ...signer.publicKey.export({ format: 'jwk' }), kid })
const trusts = '/api/admin/trusts'
const staticIss = 'https://static.example'

let here: Installation
let folder = ''
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'keybound-static-'))
  const file = path.join(folder, 'issuers.json')
  writeFileSync(file, JSON.stringify([{ iss: staticIss, project: { id: 'edge' }, keys: [jwk()] }]))
  here = await install({ KEYBOUND_STATIC_ISSUERS: file })
})
afterAll(async () => {
  await here.stop()
  rmSync(folder, { recursive: true, force: true })
})

const newIss = () => `https://issuer.example/${randomUUID()}`
const input = (more: Record<string, unknown> = {}) => ({
  method: 'issuer',
  issuer: newIss(),
  project: 'video',
  keys: [{ kind: 'inline-jwk', jwk: jwk() }],
  ...openOnPurpose,
  ...more,
})
const asIssuer = async (iss: string) => here.admin.get(`/auth/v1/issuers/${encodeURIComponent(iss)}`)

async function made(more: Record<string, unknown> = {}): Promise<Answer['body']> {
  const answer = await here.admin.post(trusts, input(more))
  expect(answer.status, answer.text).toBe(201)
  return answer.body
}

const wrong = ({ status, body, text }: Answer): string[] => {
  expect(status, text).toBe(422)
  return body.fields.map((field: { path: (string | number)[] }) => field.path.join('.'))
}

const rules = {
  aud: { path: 'aud', matcher: { kind: 'equals-any', values: ['live', 'vod'] }, whenAbsent: 'refuse' },
  roles: { path: 'roles', matcher: { kind: 'subset-of', values: ['viewer'] }, whenAbsent: 'allow' },
  prm: { path: 'prm', matcher: { kind: 'within-bitmask', mask: '18446744073709551615' }, whenAbsent: 'allow' },
}
const url = 'https://issuer.example/jwks.json'

describe('an issuer reads the same here and in its own API', () => {
  test('with everything', async () => {
    const keys = [
      { kind: 'jwks-url', url },
      { kind: 'inline-jwk', jwk: jwk('k1') },
      { kind: 'inline-jwk', jwk: jwk('k2') },
    ]
    const { issuer } = await made({ keys, rules: Object.values(rules) })
    const read = await asIssuer(issuer)
    expect(read.text).toContain('"prm":18446744073709551615')
    expect({ ...read.body, prm: null }).toEqual({
      iss: issuer,
      project: { id: 'video' },
      JWKsURL: url,
      aud: ['live', 'vod'],
      roles: ['viewer'],
      prm: null,
      internal: false,
      static: false,
      keys: [jwk('k1'), jwk('k2')],
    })
  })

  test('with only the required fields', async () => {
    const { issuer, name } = await made({ keys: [{ kind: 'jwks-url', url }] })
    expect(name).toBe(issuer)
    expect((await asIssuer(issuer)).body).toMatchObject({ JWKsURL: url, aud: [], roles: [], prm: 0, keys: [] })
  })

  test('after it was replaced, too, and in the other direction', async () => {
    const { id, issuer } = await made({ rules: [rules.aud] })
    const answer = await here.admin.put(`${trusts}/${id}`, input({ issuer, project: 'radio', rules: [rules.roles] }))
    expect(answer.status, answer.text).toBe(200)
    const read = await asIssuer(issuer)
    expect(read.body).toMatchObject({ project: { id: 'radio' }, aud: [], roles: ['viewer'] })
    expect(read.headers.get('etag')).toBe(answer.headers.get('etag'))

    const { body: back } = await here.admin.put(`/auth/v1/issuers/${encodeURIComponent(issuer)}`, {
      ...read.body,
      aud: ['live'],
    })
    expect(back.aud).toEqual(['live'])
    expect((await here.admin.get(`${trusts}/${id}`)).body.rules).toEqual([
      { ...rules.aud, matcher: { kind: 'equals-any', values: ['live'] } },
      rules.roles,
    ])
  })

  test('made by either API, the trust is the same but for its id and its times', async () => {
    const { id, issuer } = await made()
    const ours = (await here.admin.get(`${trusts}/${id}`)).body
    await here.admin.delete(`${trusts}/${id}`)
    await here.admin.post('/auth/v1/issuers', { iss: issuer, project: { id: 'video' }, keys: [jwk()] })
    const { body } = await here.admin.get(`${trusts}?method=issuer&issuer=${encodeURIComponent(issuer)}`)
    const [theirs] = body.trusts
    const own = { id: '', sequence: '', createdAt: '', updatedAt: '', identityName: null }
    expect({ ...ours, ...own }).toEqual({ ...theirs, ...own })
  })

  test('and its tokens are accepted: the access token carries roles and prm', async () => {
    const { issuer } = await made()
    const token = signer.token({ iss: issuer, roles: ['viewer'], prm: 5 }, { kid: 'k1' })
    const login = await here.anonymous.post('/auth/v1/tokens', { token })
    expect(login.status, login.text).toBe(200)
    expect(login.body).toMatchObject({ roles: ['viewer'], prm: 5 })
  })
})

describe('omitted fields have an issuer’s defaults', () => {
  test('a token without a kid needs a single suitable key, and last good keys are used for an hour', async () => {
    const { keyUse, grant } = await made()
    expect(keyUse).toEqual({ unnamed: 'only', staleSecondsMax: 3600 })
    expect(grant.carry).toEqual({ roles: 'texts', prm: 'uint64' })
  })

  test('stated values', async () => {
    const keyUse = { unnamed: 'any', staleSecondsMax: 60 }
    const grant = { ttlSeconds: 300, ttlSecondsMax: 600, carry: { tenant: 'texts' } }
    expect(await made({ keyUse, grant, name: 'Cameras', enabled: false })).toMatchObject({
      keyUse,
      grant,
      name: 'Cameras',
      enabled: false,
    })
  })

  test('a name that was given is kept by a replacement that gives none', async () => {
    const { id, issuer } = await made({ name: 'Cameras' })
    expect((await here.admin.put(`${trusts}/${id}`, input({ issuer }))).body.name).toBe('Cameras')
  })
})

describe('what stays as it is', () => {
  test('a static issuer: 403, and the file is named', async () => {
    const { body } = await here.admin.get(`${trusts}?method=issuer&issuer=${encodeURIComponent(staticIss)}`)
    const [{ id }] = body.trusts
    const before = await here.db.trust.findUniqueOrThrow({ where: { id } })
    for (const answer of [
      await here.admin.put(`${trusts}/${id}`, input({ issuer: staticIss })),
      await here.admin.delete(`${trusts}/${id}`),
    ]) {
      expect(answer.status, answer.text).toBe(403)
      expect(answer.body).toMatchObject({ reason: 'static_issuer' })
      expect(answer.body.message).toContain('KEYBOUND_STATIC_ISSUERS')
    }
    expect(await here.db.trust.findUniqueOrThrow({ where: { id } })).toEqual(before)
  })

  test('an internal issuer: 403', async () => {
    const { id, issuer } = await made()
    const options = JSON.stringify({ project: 'video', internal: true, static: false })
    await here.db.trust.update({ where: { id }, data: { options } })
    const answer = await here.admin.put(`${trusts}/${id}`, input({ issuer }))
    expect([answer.status, answer.body.reason]).toEqual([403, 'internal_issuer'])
  })

  test('the name of an issuer', async () => {
    const { id, version } = await made()
    const answer = await here.admin.put(`${trusts}/${id}`, input())
    expect(wrong(answer)).toEqual(['issuer'])
    expect(answer.body.fields[0].code).toBe('iss_mismatch')
    expect((await here.admin.get(`${trusts}/${id}`)).body.version).toBe(version)
  })

  test('the method', async () => {
    const { id, issuer } = await made()
    const signIn = { jwtEndpoint: 'https://gateway.example/auth' }
    const { project, ...rest } = input({ issuer })
    const answer = await here.admin.put(`${trusts}/${id}`, { ...rest, method: 'sign-in', name: 'x', signIn })
    expect(wrong(answer)).toEqual(['method'])
  })

  test('the trust of an identity, whose own path is named', async () => {
    const identityId = await attached(here, { configurationType: 'static', publicKeys: [signer.pem] })
    const [trust] = (await here.admin.get(`${trusts}?identityId=${identityId}`)).body.trusts
    for (const answer of [
      await here.admin.put(`${trusts}/${trust.id}`, input()),
      await here.admin.delete(`${trusts}/${trust.id}`),
    ]) {
      expect([answer.status, answer.body.reason]).toEqual([400, 'belongs_to_identity'])
      const own = `/api/admin/identities/${identityId}/trusts/jwt`
      expect(answer.body.message).toContain(own)
      expect((await here.admin.get(own)).status).toBe(200)
    }
  })
})

describe('several at once', () => {
  test('with If-Match a version that has changed is neither overwritten nor lost', async () => {
    const { id, issuer, version } = await made()
    const headers = { 'if-match': `"${version}"` }
    const put = (name: string) => here.admin.put(`${trusts}/${id}`, input({ issuer, name }), { headers })
    const answers = await Promise.all([put('one'), put('two')])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412])
    expect(answers.find(({ status }) => status === 412)?.body.reason).toBe('version_differs')
  })

  test('one issuer is there once', async () => {
    const body = input()
    const answers = await Promise.all([here.admin.post(trusts, body), here.admin.post(trusts, body)])
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
    expect(answers.find(({ status }) => status === 409)?.body.reason).toBe('issuer_exists')
  })
})

describe('wrong fields are named', () => {
  test.each([
    ['project', { project: '' }],
    ['project', { project: 'x'.repeat(201) }],
    ['project', { project: undefined }],
    ['issuer', { issuer: null }],
    ['issuer', { issuer: '' }],
    ['issuer', { issuer: 'two\nlines' }],
    ['keys', { keys: [] }],
    ['keys.0.url', { keys: [{ kind: 'jwks-url', url: 'nowhere' }] }],
    ['rules.0.matcher.mask', { rules: [{ path: 'prm', matcher: { kind: 'within-bitmask', mask: '-1' } }] }],
    ['grant.ttlSeconds', { grant: { ttlSeconds: -1 } }],
    ['foreign', { foreign: { nativeframe: { project: 'x', internal: true, static: true } } }],
    ['identityId', { identityId: randomUUID() }],
    ['signIn', { signIn: { jwtEndpoint: 'https://gateway.example' } }],
    ['method', { method: 'jwt' }],
    ['method', { method: undefined }],
  ])('%s', async (field, more) => {
    const before = await here.rows()
    expect(wrong(await here.admin.post(trusts, input(more)))).toContain(field)
    expect(await here.rows()).toEqual(before)
  })

  test.each(['d', 'k'])('a key with the private member %s is refused and not stored anywhere', async (member) => {
    const secret = randomUUID().replaceAll('-', '')
    const answer = await here.admin.post(
      trusts,
      input({ keys: [{ kind: 'inline-jwk', jwk: { ...jwk(), [member]: secret } }] }),
    )
    expect(answer.status, answer.text).toBeGreaterThanOrEqual(400)
    expect(answer.body.fields[0].path.slice(0, 3)).toEqual(['keys', 0, 'jwk'])
    expect(answer.text).not.toContain(secret)
    expect(await here.holds(secret)).toBe(false)
  })
})

describe('access', () => {
  test.each([
    ['a caller without credentials', [401, 401, 401]],
    ['no-access', [403, 403, 403]],
    ['auditor', [403, 403, 403]],
    ['member', [201, 200, 204]],
  ])('%s', async (role, expected) => {
    const client = role === 'a caller without credentials' ? here.anonymous : (await here.actor(role)).client
    const { id, issuer } = await made()
    const statuses = [
      await client.post(trusts, input()),
      await client.put(`${trusts}/${id}`, input({ issuer })),
      await client.delete(`${trusts}/${id}`),
    ].map(({ status }) => status)
    expect(statuses).toEqual(expected)
  })

  test('another organization’s is not there', async () => {
    const { id, issuer } = await made()
    const organizationId = randomUUID()
    await here.db.organization.create({ data: { id: organizationId, name: 'Others', slug: organizationId } })
    await here.db.trust.update({ where: { id }, data: { organizationId, projectId: null } })
    for (const answer of [
      await here.admin.put(`${trusts}/${id}`, input({ issuer })),
      await here.admin.delete(`${trusts}/${id}`),
      await here.admin.delete(`${trusts}/not-an-id`),
    ]) {
      expect(answer.status, answer.text).toBe(404)
    }
  })
})

test('removing it ends the access tokens issued through it', async () => {
  const { id, issuer } = await made()
  const login = await here.anonymous.post('/auth/v1/tokens', { token: signer.token({ iss: issuer }, { kid: 'k1' }) })
  expect((await here.admin.delete(`${trusts}/${id}`)).status).toBe(204)
  const { body } = await here.admin.post('/api/v1/auth/token/introspect', { token: login.body.accessToken })
  expect(body).toEqual({ active: false })
})
