import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Answer } from './client'
import { expectEnvelope, type Installation, install, jwtAuthPath, wrongFields } from './installation'
import { createIssuer } from './issuer'

let here: Installation
beforeAll(async () => {
  here = await install()
})
afterAll(() => here.stop())

const path = '/api/v1/identities'
const date = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)

describe('the life of an identity', () => {
  test('it is created with the defaults of the document', async () => {
    const answer = await here.admin.post(path, { name: 'runner', organizationId: here.organizationId })
    expect(answer.status).toBe(200)
    expect(answer.body).toEqual({
      identity: {
        id: expect.any(String),
        name: 'runner',
        orgId: here.organizationId,
        authMethods: [],
        metadata: [],
        hasDeleteProtection: false,
        createdAt: date,
        updatedAt: date,
      },
    })
    const { id } = answer.body.identity
    expect((await here.admin.get(`${path}/${id}`)).body).toEqual({
      identity: {
        id: expect.any(String),
        role: 'no-access',
        orgId: here.organizationId,
        identityId: id,
        metadata: [],
        createdAt: date,
        updatedAt: date,
        identity: { id, name: 'runner', orgId: here.organizationId, hasDeleteProtection: false, authMethods: [] },
      },
    })
  })

  test.each([
    ['a list of pairs', [{ key: 'team', value: 'build' }]],
    ['an object', { team: 'build' }],
  ])('metadata is taken as %s', async (_, metadata) => {
    const id = await here.identity({ metadata })
    const { body } = await here.admin.get(`${path}/${id}`)
    expect(body.identity.metadata).toEqual([{ key: 'team', value: 'build' }])
  })

  test('an update changes what is given and keeps the rest', async () => {
    const id = await here.identity({ name: 'before', role: 'member', metadata: { a: '1' } })
    const changed = await here.admin.patch(`${path}/${id}`, { name: 'after' })
    expect(changed.status).toBe(200)
    const { identity } = (await here.admin.get(`${path}/${id}`)).body
    expect(identity).toMatchObject({
      role: 'member',
      metadata: [{ key: 'a', value: '1' }],
      identity: { name: 'after' },
    })
    await here.admin.patch(`${path}/${id}`, { role: 'auditor', metadata: [] })
    const again = (await here.admin.get(`${path}/${id}`)).body.identity
    expect(again).toMatchObject({ role: 'auditor', metadata: [], identity: { name: 'after' } })
  })

  test('one that is protected is not deleted until the protection is off', async () => {
    const id = await here.identity({ hasDeleteProtection: true })
    expectEnvelope(await here.admin.delete(`${path}/${id}`), { status: 400, error: 'BadRequest' })
    await here.admin.patch(`${path}/${id}`, { hasDeleteProtection: false })
    const deleted = await here.admin.delete(`${path}/${id}`)
    expect(deleted.status).toBe(200)
    expect(deleted.body.identity.id).toBe(id)
    expectEnvelope(await here.admin.get(`${path}/${id}`), { status: 404, error: 'NotFound' })
    expectEnvelope(await here.admin.delete(`${path}/${id}`), { status: 404, error: 'NotFound' })
  })

  test('its methods are listed by Infisical’s names', async () => {
    const id = await here.identity()
    await here.admin.post(jwtAuthPath(id), { publicKeys: [createIssuer().pem] })
    await here.admin.post(`/api/v1/auth/token-auth/identities/${id}`, {})
    const { identity } = (await here.admin.get(`${path}/${id}`)).body.identity
    expect(identity.authMethods.sort()).toEqual(['jwt-auth', 'token-auth'])
  })

  test('an identity can read its own organization, whatever its role', async () => {
    const { client } = await here.actor('no-access')
    const answer = await client.get(`${path}/details`)
    expect(answer.status).toBe(200)
    expect(answer.body).toEqual({
      identityDetails: { organization: { id: here.organizationId, name: 'Acme', slug: 'acme' } },
    })
  })
})

describe('finding', () => {
  test('the list counts all, and the organization may be named', async () => {
    const { body } = await here.admin.get(`${path}?orgId=${here.organizationId}`)
    expect(body.totalCount).toBe(await here.db.identity.count({ where: { organizationId: here.organizationId } }))
    expectEnvelope(await here.admin.get(`${path}?orgId=${randomUUID()}`), { status: 404, error: 'NotFound' })
  })

  test('a search pages, orders and filters', async () => {
    const mark = randomUUID()
    for (const [name, role] of [
      ['b', 'member'],
      ['c', 'auditor'],
      ['a', 'member'],
    ]) {
      await here.identity({ name: `${mark} ${name}`, role })
    }
    const search = async (body: object) => {
      const answer = await here.admin.post(`${path}/search`, body)
      expect(answer.status, answer.text).toBe(200)
      const names = answer.body.identities.map((one: Answer['body']) => one.identity.name.slice(-1))
      return { names, total: answer.body.totalCount }
    }
    expect(await search({ search: { name: mark } })).toEqual({ names: ['a', 'b', 'c'], total: 3 })
    expect(await search({ search: { name: mark.toUpperCase() } })).toEqual({ names: ['a', 'b', 'c'], total: 3 })
    expect(await search({ search: { name: { $contains: mark } }, orderDirection: 'desc' })).toEqual({
      names: ['c', 'b', 'a'],
      total: 3,
    })
    expect(await search({ search: { name: mark, role: 'member' } })).toEqual({ names: ['a', 'b'], total: 2 })
    expect(await search({ search: { name: mark }, limit: 1, offset: 1 })).toEqual({ names: ['b'], total: 3 })
    expect(await search({ search: { name: { $eq: `${mark} c` } } })).toEqual({ names: ['c'], total: 1 })
  })

  test('invalid limits of a search are reported field by field', async () => {
    const answer = await here.admin.post(`${path}/search`, {
      limit: 101,
      offset: -1,
      orderBy: 'password',
      orderDirection: 'up',
      search: { role: 'king' },
    })
    expect(wrongFields(answer).sort()).toEqual(['limit', 'offset', 'orderBy', 'orderDirection', 'search.role'])
  })
})

describe('absent and invisible things', () => {
  const gone = [
    ['an unknown id', async () => randomUUID()],
    ['an id that is none', async () => 'not-an-id'],
    ['an id with a zero byte', async () => '%00'],
    ['another organization’s identity', () => here.stranger()],
  ] as const

  test.each(gone)('%s is 404 for everything', async (_, idOf) => {
    const id = await idOf()
    const before = await here.rows()
    const answers = [
      await here.admin.get(`${path}/${id}`),
      await here.admin.patch(`${path}/${id}`, { name: 'mine now' }),
      await here.admin.delete(`${path}/${id}`),
      await here.admin.get(jwtAuthPath(id)),
      await here.admin.post(jwtAuthPath(id), { publicKeys: [createIssuer().pem] }),
      await here.admin.patch(jwtAuthPath(id), { boundAudiences: 'x' }),
      await here.admin.delete(jwtAuthPath(id)),
      await here.admin.post(`/api/v1/auth/token-auth/identities/${id}`, {}),
      await here.admin.post(`/api/v1/auth/token-auth/identities/${id}/tokens`, {}),
      await here.admin.get(`/api/v1/auth/token-auth/identities/${id}/tokens`),
      await here.admin.post(`/api/v1/auth/token-auth/tokens/${id}/revoke`, {}),
    ]
    for (const answer of answers) expectEnvelope(answer, { status: 404, error: 'NotFound' })
    expect(await here.rows()).toEqual(before)
  })

  test('an id of another organization gets exactly the answer of one that does not exist', async () => {
    const [theirs, none] = [await here.stranger(), randomUUID()]
    const words = async (id: string) => (await here.admin.get(`${path}/${id}`)).body.message.replace(id, '<id>')
    expect(await words(theirs)).toBe(await words(none))
  })

  test('creating in another organization is 404 and creates nothing', async () => {
    const before = await here.rows()
    const answer = await here.admin.post(path, { name: 'x', organizationId: randomUUID() })
    expectEnvelope(answer, { status: 404, error: 'NotFound' })
    expect(await here.rows()).toEqual(before)
  })
})

describe('how real clients call', () => {
  test.each([
    ['GET', undefined],
    ['DELETE', undefined],
    ['DELETE', '{}'],
  ])('%s with a JSON content type and the body %s is fine', async (method, raw) => {
    const id = await here.identity()
    const options = { headers: { 'content-type': 'application/json' }, ...(raw ? { raw } : {}) }
    const answer = await here.admin.call(method, `${path}/${id}`, undefined, options)
    expect(answer.status, answer.text).toBe(200)
  })

  test('a trailing slash is ignored', async () => {
    const id = await here.identity()
    expect((await here.admin.get(`${path}/${id}/`)).status).toBe(200)
    expect((await here.admin.post(`${path}/search/`, {})).status).toBe(200)
    expect((await here.admin.delete(`${path}/${id}/`)).status).toBe(200)
  })
})

describe('bad input', () => {
  const long = 'x'.repeat(101)
  test.each<[string, object, string[]]>([
    ['no name', { name: undefined }, ['name']],
    ['a name of blanks', { name: '   ' }, ['name']],
    ['a long name', { name: long }, ['name']],
    ['control characters', { name: 'a\u0007b' }, ['name']],
    ['a zero character', { name: 'a\u0000b' }, ['name']],
    ['a number as name', { name: 7 }, ['name']],
    ['an unknown role', { role: 'owner' }, ['role']],
    ['text for a switch', { hasDeleteProtection: 'yes' }, ['hasDeleteProtection']],
    ['several wrong fields', { name: '', role: 1, hasDeleteProtection: 1 }, ['hasDeleteProtection', 'name', 'role']],
    ['metadata of numbers', { metadata: { a: 1 } }, ['metadata']],
    ['the same key twice', { metadata: [1, 2].map(() => ({ key: 'a', value: '' })) }, ['metadata.1.key']],
    ['an unknown field', { nmae: 'x' }, ['nmae']],
  ])('%s is refused and nothing is written', async (_, fields, wrong) => {
    const before = await here.rows()
    const answer = await here.admin.post(path, { name: 'x', organizationId: here.organizationId, ...fields })
    expect(
      wrongFields(answer)
        .map((field) => (field.startsWith('metadata') && wrong[0] === 'metadata' ? 'metadata' : field))
        .sort(),
    ).toEqual(wrong)
    expect(await here.rows()).toEqual(before)
  })

  test('a misspelt field is answered with the one that was probably meant', async () => {
    const answer = await here.admin.post(path, { nmae: 'x', organizationId: here.organizationId })
    expect(answer.text).toContain('Did you mean \\"name\\"?')
  })
})
