import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openOnPurpose } from '../fixtures/open-on-purpose'
import type { Answer } from './client'
import { type Installation, install } from './installation'

const trusts = '/api/admin/trusts'
const idps = '/admin/v1/idps'
const fresh = () => `provider ${randomUUID()}`

let here: Installation
beforeAll(async () => {
  here = await install()
})
afterAll(() => here.stop())

const jwtEndpoint = 'https://gateway.example/auth/jwt'
const input = (more: Record<string, unknown> = {}) => ({
  method: 'sign-in',
  name: fresh(),
  issuer: 'https://accounts.example',
  keys: [{ kind: 'jwks-url', url: 'https://accounts.example/keys' }],
  signIn: { jwtEndpoint, headerName: 'x-auth-token' },
  ...openOnPurpose,
  ...more,
})

async function made(more: Record<string, unknown> = {}): Promise<Answer['body']> {
  const answer = await here.admin.post(trusts, input(more))
  expect(answer.status, answer.text).toBe(201)
  expect(answer.headers.get('etag')).toBe('"1"')
  return answer.body
}

const wrong = ({ status, body, text }: Answer): string[] => {
  expect(status, text).toBe(422)
  return body.fields.map((field: { path: (string | number)[] }) => field.path.join('.'))
}

const aud = { path: 'aud', matcher: { kind: 'equals-any', values: ['keybound'] }, whenAbsent: 'refuse' }
const anySubject = { path: 'sub', matcher: { kind: 'glob-any', values: ['*'] }, whenAbsent: 'refuse' }

describe('a provider reads the same here and in its own API', () => {
  const options = {
    isLinkingAllowed: true,
    isCreationAllowed: true,
    isAutoCreation: true,
    isAutoUpdate: true,
    autoLinking: 'email',
  }

  test('once it is made', async () => {
    const signIn = { jwtEndpoint, headerName: 'x-auth-token', styling: 'google', ...options }
    const { id, name } = await made({ rules: [aud], signIn })
    const { idp } = (await here.admin.get(`${idps}/${id}`)).body
    expect(idp).toMatchObject({
      id,
      name,
      state: 'IDP_STATE_ACTIVE',
      stylingType: 'STYLING_TYPE_GOOGLE',
      owner: 'IDP_OWNER_TYPE_SYSTEM',
      autoRegister: true,
      jwtConfig: {
        jwtEndpoint,
        issuer: 'https://accounts.example',
        keysEndpoint: 'https://accounts.example/keys',
        headerName: 'x-auth-token',
        audience: 'keybound',
      },
    })
    const { config } = (await here.admin.get(`${idps}/templates/${id}`)).body.idp
    expect(config.options).toEqual({ ...options, autoLinking: 'AUTO_LINKING_OPTION_EMAIL' })
  })

  test('after it was replaced: what is absent is empty, and its owner stays', async () => {
    const added = await here.admin.post('/management/v1/idps/jwt', {
      name: fresh(),
      issuer: 'https://accounts.example',
      jwtEndpoint,
      keysEndpoint: 'https://accounts.example/keys',
      autoRegister: true,
    })
    const id = added.body.idpId
    const answer = await here.admin.put(
      `${trusts}/${id}`,
      input({ issuer: 'https://new.example', enabled: false, signIn: { jwtEndpoint } }),
    )
    expect(answer.status, answer.text).toBe(200)
    const { idp } = (await here.admin.get(`/management/v1/idps/${id}`)).body
    expect(idp).toMatchObject({ owner: 'IDP_OWNER_TYPE_ORG', state: 'IDP_STATE_INACTIVE' })
    expect(idp).not.toHaveProperty('autoRegister')
    expect(idp.jwtConfig).toEqual({
      jwtEndpoint,
      issuer: 'https://new.example',
      keysEndpoint: 'https://accounts.example/keys',
    })
    expect(BigInt(idp.details.sequence)).toBeGreaterThan(BigInt(added.body.details.sequence))
  })

  test('made by either API, it judges by the same rules', async () => {
    const ours = await made()
    const added = await here.admin.post(`${idps}/jwt`, {
      name: fresh(),
      issuer: 'https://accounts.example',
      jwtEndpoint,
      keysEndpoint: 'https://accounts.example/keys',
    })
    const theirs = (await here.admin.get(`${trusts}/${added.body.idpId}`)).body
    for (const part of ['rules', 'lifetime', 'keys', 'algorithms', 'grant']) expect(ours[part]).toEqual(theirs[part])
  })
})

describe('a sub is required, because people are identified by it', () => {
  test('whatever else is asked', async () => {
    expect((await made()).rules).toEqual([anySubject])
    expect((await made({ rules: [aud] })).rules).toEqual([aud, anySubject])
  })

  test('once, and a rule that the caller sent is enough', async () => {
    const own = { path: 'sub', matcher: { kind: 'glob-any', values: ['staff-*'] }, whenAbsent: 'refuse' }
    const trust = await made({ rules: [own] })
    expect(trust.rules).toEqual([own])
    const again = await here.admin.put(`${trusts}/${trust.id}`, input({ rules: [anySubject] }))
    expect(again.body.rules).toEqual([anySubject])
  })

  test('also where a rule would let it be absent, or a replacement leaves it out', async () => {
    const lax = { path: 'sub', matcher: { kind: 'glob-any', values: ['staff-*'] }, whenAbsent: 'allow' }
    const trust = await made({ rules: [lax] })
    expect(trust.rules).toEqual([lax, anySubject])
    expect((await here.admin.put(`${trusts}/${trust.id}`, input())).body.rules).toEqual([anySubject])
  })
})

describe('names', () => {
  test('of one owner differ, when made and when renamed; the field is named', async () => {
    const { name } = await made()
    const other = await made()
    for (const answer of [
      await here.admin.post(trusts, input({ name })),
      await here.admin.put(`${trusts}/${other.id}`, input({ name })),
      await here.admin.post(`${idps}/jwt`, { ...zitadelBody(), name }),
    ]) {
      expect(answer.status, answer.text).toBe(409)
    }
    const { body } = await here.admin.post(trusts, input({ name }))
    expect([body.reason, body.fields[0].path]).toEqual(['name_taken', ['name']])
  })

  test('a provider keeps its name, even if another one has come to have it', async () => {
    const { id, name } = await made()
    await here.admin.post(`${idps}/generic_jwt`, { ...zitadelBody(), name })
    expect((await here.admin.put(`${trusts}/${id}`, input({ name }))).status).toBe(200)
  })

  test('of two owners may be the same', async () => {
    const name = fresh()
    await here.admin.post('/management/v1/idps/jwt', { ...zitadelBody(), name })
    await made({ name })
  })
})

const zitadelBody = () => ({
  issuer: 'https://accounts.example',
  jwtEndpoint,
  keysEndpoint: 'https://accounts.example/keys',
})

describe('wrong fields are named', () => {
  test.each([
    ['name', { name: undefined }],
    ['name', { name: '' }],
    ['issuer', { issuer: null }],
    ['signIn', { signIn: undefined }],
    ['signIn.jwtEndpoint', { signIn: { jwtEndpoint: 'javascript:alert(1)' } }],
    ['signIn.headerName', { signIn: { jwtEndpoint, headerName: 'a b' } }],
    ['signIn.role', { signIn: { jwtEndpoint, role: 'owner' } }],
    ['signIn.owner', { signIn: { jwtEndpoint, owner: 'organization' } }],
    ['project', { project: 'video' }],
    ['lifetime.clockSkewSeconds', { lifetime: { clockSkewSeconds: 301 } }],
  ])('%s', async (field, more) => {
    const before = await here.rows()
    expect(wrong(await here.admin.post(trusts, input(more)))).toEqual([field])
    expect(await here.rows()).toEqual(before)
  })
})

describe('access', () => {
  test.each([
    ['a caller without credentials', [401, 401, 401, 401, 401]],
    ['no-access', [403, 403, 403, 403, 403]],
    ['auditor', [200, 200, 403, 403, 403]],
    ['member', [200, 200, 201, 200, 204]],
  ])('%s', async (role, expected) => {
    const client = role === 'a caller without credentials' ? here.anonymous : (await here.actor(role)).client
    const { id } = await made()
    const before = await here.db.trust.findUnique({ where: { id } })
    const statuses = [
      await client.get(trusts),
      await client.get(`${trusts}/${id}`),
      await client.post(trusts, input()),
      await client.put(`${trusts}/${id}`, input()),
      await client.delete(`${trusts}/${id}`),
    ].map(({ status }) => status)
    expect(statuses).toEqual(expected)
    if (role !== 'member') expect(await here.db.trust.findUnique({ where: { id } })).toEqual(before)
  })

  test('only an admin sets the role of people who are added', async () => {
    const { client } = await here.actor('member')
    const signIn = { jwtEndpoint, role: 'auditor' }
    const answer = await client.post(trusts, input({ signIn }))
    expect([answer.status, answer.body.reason]).toEqual([403, 'role_too_low'])
    const { id } = await made({ signIn })
    expect((await client.put(`${trusts}/${id}`, input())).status).toBe(403)
    expect((await client.put(`${trusts}/${id}`, input({ signIn }))).status).toBe(200)
  })
})

test('a provider is on the sign-in page until it is withdrawn or switched off', async () => {
  const offered = async (id: string) => {
    const { providers } = (await here.anonymous.get('/api/admin/sign-in-providers')).body
    return providers.some((provider: { id: string }) => provider.id === id)
  }
  const { id } = await made()
  expect(await offered(id)).toBe(true)
  await here.admin.put(`${trusts}/${id}`, input({ signIn: { jwtEndpoint, isOffered: false } }))
  expect(await offered(id)).toBe(false)
  await here.admin.put(`${trusts}/${id}`, input())
  expect(await offered(id)).toBe(true)
  await here.admin.put(`${trusts}/${id}`, input({ enabled: false }))
  expect(await offered(id)).toBe(false)
  await here.admin.delete(`${trusts}/${id}`)
  expect((await here.admin.get(`${idps}/${id}`)).status).toBe(404)
})
