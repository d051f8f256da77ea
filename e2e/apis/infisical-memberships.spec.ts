import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Answer } from './client'
import { expectEnvelope, type Installation, install, wrongFields } from './installation'

let here: Installation
beforeAll(async () => {
  here = await install()
})
afterAll(() => here.stop())

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

  test('is not told to a role that may read nothing', async () => {
    const identityId = await here.identity({ name: 'hidden' })
    const { client } = await here.actor('no-access')
    const path = `/api/v1/identities/${identityId}/identity-memberships`
    expect((await client.get(path)).status).toBe(403)
    expect((await client.get(`/api/v2/organizations/${here.organizationId}/identity-memberships`)).status).toBe(403)
  })
})

describe('who belongs to the organization', () => {
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

  test('is not told of another organization', async () => {
    expectEnvelope(await list(randomUUID()), { status: 404, error: 'NotFound' })
  })
})

describe('the operators of a search', () => {
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
  const { status, body } = await here.nobody.get('/api/status')
  expect(status).toBe(200)
  expect(body).toMatchObject({ message: 'Ok', status: 'ok' })
  expect(new Date(body.date).toISOString()).toBe(body.date)
})
