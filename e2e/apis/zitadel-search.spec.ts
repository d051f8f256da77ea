import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Installation, install } from './installation'
import { config, date, expectError, idpCalls, idps, ok } from './zitadel-calls'

let here: Installation
beforeAll(async () => {
  here = await install()
})
afterAll(() => here.stop())

const { add } = idpCalls(() => here)

describe('finding', () => {
  const names = ['Alpha', 'alpha two', 'Beta']
  const mark = `find-${crypto.randomUUID()}`
  const ids: string[] = []
  beforeAll(async () => {
    for (const name of names) ids.push(await add({ name: `${mark} ${name}` }))
  })

  const found = async (body: Record<string, unknown>, path = `${idps}/_search`) => {
    const answer = await ok(here.admin.post(path, body))
    return (answer.result ?? []).map(({ name }: { name: string }) => name.slice(mark.length + 1))
  }
  const named = (name: string, method: unknown) => ({ idpNameQuery: { name, method } })

  test('the answer says how many there are, as text', async () => {
    const answer = await ok(
      here.admin.post(`${idps}/_search`, {
        query: { offset: '1', limit: 1, asc: true },
        sortingColumn: 'IDP_FIELD_NAME_NAME',
        queries: [named(mark, 4)],
      }),
    )
    expect(answer).toEqual({
      details: { totalResult: '3', processedSequence: expect.stringMatching(/^\d+$/), viewTimestamp: date },
      sortingColumn: 'IDP_FIELD_NAME_NAME',
      result: [expect.objectContaining({ id: ids[2] })],
    })
  })

  test('the order is descending unless it is asked to be ascending', async () => {
    const queries = [named(mark, 'TEXT_QUERY_METHOD_CONTAINS')]
    expect(await found({ queries })).toEqual(['alpha two', 'Beta', 'Alpha'])
    expect(await found({ queries, query: { asc: true } })).toEqual(['Alpha', 'Beta', 'alpha two'])
  })

  test.each([
    ['TEXT_QUERY_METHOD_EQUALS', 'Alpha', ['Alpha']],
    ['TEXT_QUERY_METHOD_EQUALS_IGNORE_CASE', 'aLPHA', ['Alpha']],
    ['TEXT_QUERY_METHOD_STARTS_WITH', 'Al', ['Alpha']],
    ['TEXT_QUERY_METHOD_STARTS_WITH_IGNORE_CASE', 'AL', ['Alpha', 'alpha two']],
    ['TEXT_QUERY_METHOD_EQUALS', 'alpha', []],
  ])('%s %s', async (method, name, expected) => {
    expect(await found({ queries: [named(`${mark} ${name}`, method)], query: { asc: true } })).toEqual(expected)
  })

  test.each([
    ['TEXT_QUERY_METHOD_CONTAINS', 'et', ['Beta']],
    ['TEXT_QUERY_METHOD_CONTAINS_IGNORE_CASE', 'ALPHA', ['Alpha', 'alpha two']],
    ['TEXT_QUERY_METHOD_ENDS_WITH', 'two', ['alpha two']],
    ['TEXT_QUERY_METHOD_ENDS_WITH_IGNORE_CASE', 'ALPHA', ['Alpha']],
  ])('%s %s', async (method, name, expected) => {
    const queries = [named(mark, 'TEXT_QUERY_METHOD_CONTAINS'), named(name, method)]
    expect(await found({ queries, query: { asc: true } })).toEqual(expected)
  })

  test('by id, in both generations; nothing found has no result member', async () => {
    const queries = [{ idp_id_query: { id: ids[0] } }]
    expect(await found({ queries })).toEqual(['Alpha'])
    expect(await found({ queries }, `${idps}/templates/_search`)).toEqual(['Alpha'])
    const nothing = await ok(here.admin.post(`${idps}/_search`, { queries: [{ idpIdQuery: { id: 'unknown' } }] }))
    expect(nothing).not.toHaveProperty('result')
    expect(nothing.details).not.toHaveProperty('totalResult')
  })

  test('a filter that asks nothing is 400 ADMIN-VmqQu', async () => {
    expectError(await here.admin.post(`${idps}/_search`, { queries: [{}] }), {
      status: 400,
      code: 3,
      id: 'ADMIN-VmqQu',
    })
  })

  test.each([{ query: { limit: -1 } }, { query: { offset: 'x' } }, { sortingColumn: 'NAME' }, { queries: {} }])(
    '%j is 400',
    async (body) => {
      expectError(await here.admin.post(`${idps}/_search`, body), { status: 400, code: 3 })
    },
  )
})

describe('the two levels', () => {
  test("the organization's level sees both, and changes its own alone", async () => {
    const own = await add({}, '/management/v1/idps')
    const system = await add()
    for (const id of [own, system]) {
      expect((await ok(here.admin.get(`/management/v1/idps/${id}`))).idp.id).toBe(id)
      const queries = [{ idpIdQuery: { id } }]
      expect((await ok(here.admin.post('/management/v1/idps/templates/_search', { queries }))).result).toHaveLength(1)
    }
    expect((await ok(here.admin.get(`/management/v1/idps/${own}`))).idp.owner).toBe('IDP_OWNER_TYPE_ORG')
    const changed = { ...config, issuer: 'https://level.example' }
    await ok(here.admin.put(`/management/v1/idps/${own}/jwt_config`, changed))
    const again = await here.admin.put(`/management/v1/idps/${own}/jwt_config`, changed)
    expectError(again, { status: 409, code: 9, id: 'Org-2k9fs' })
    expectError(await here.admin.put(`/management/v1/idps/${system}/jwt_config`, changed), { status: 404, code: 5 })
    expectError(await here.admin.delete(`/management/v1/idps/${system}`), { status: 404, code: 5 })
    const queries = [{ ownerTypeQuery: { ownerType: 2 } }, { idpIdQuery: { id: system } }]
    expect(await ok(here.admin.post('/management/v1/idps/_search', { queries }))).not.toHaveProperty('result')
  })

  test("the installation's level does not see an organization's", async () => {
    const own = await add({}, '/management/v1/idps')
    expectError(await here.admin.get(`${idps}/${own}`), { status: 404, code: 5 })
    expectError(await here.admin.put(`${idps}/${own}/jwt_config`, config), { status: 404, code: 5 })
  })

  test('messages name the request of their level', async () => {
    const answer = await here.admin.put(`/management/v1/idps/x/jwt_config`, {})
    expect(answer.body.message).toContain('invalid UpdateOrgIDPJWTConfigRequest.JwtEndpoint:')
  })
})
