import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Answer } from './client'
import { type Installation, install } from './installation'

let here: Installation
beforeAll(async () => {
  here = await install()
})
afterAll(() => here.stop())

/** The seed's own curl line, but for the host and the token. */
const config = {
  jwtEndpoint: 'https://custom.com/auth/jwt',
  issuer: 'https://accounts.custom.com',
  keysEndpoint: 'https://accounts.custom.com/keys',
  headerName: 'x-auth-token',
}
const date = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
const details = {
  sequence: expect.stringMatching(/^[1-9]\d*$/),
  creationDate: date,
  changeDate: date,
  resourceOwner: expect.any(String),
}

const idps = '/admin/v1/idps'
const fresh = () => `provider ${crypto.randomUUID()}`

async function ok(answer: Promise<Answer>) {
  const { status, text, body } = await answer
  expect(status, text).toBe(200)
  return body
}

const add = async (fields: Record<string, unknown> = {}, base = idps): Promise<string> =>
  (await ok(here.admin.post(`${base}/jwt`, { name: fresh(), ...config, ...fields }))).idpId
const addTemplate = async (fields: Record<string, unknown> = {}): Promise<string> =>
  (await ok(here.admin.post(`${idps}/generic_jwt`, { name: fresh(), ...config, ...fields }))).id
const legacy = async (id: string) => (await ok(here.admin.get(`${idps}/${id}`))).idp
const template = async (id: string) => (await ok(here.admin.get(`${idps}/templates/${id}`))).idp

/** ZITADEL's envelope, exactly: `details` is always a list, with the id of the place that said it where it has one. */
function expectError({ status, body, headers }: Answer, expected: { status: number; code: number; id?: string }) {
  expect({ status, code: body.code }, JSON.stringify(body)).toEqual({ status: expected.status, code: expected.code })
  expect(headers.get('content-type')).toMatch(/^application\/json/)
  expect(Object.keys(body).sort()).toEqual(['code', 'details', 'message'])
  if (expected.id) {
    expect(body.message).toMatch(new RegExp(`.+ \\(${expected.id}\\)$`))
    expect(body.details).toEqual([
      { '@type': 'type.googleapis.com/zitadel.v1.ErrorDetail', id: expected.id, message: expect.any(String) },
    ])
  } else expect(body.details).toEqual(expect.any(Array))
}

describe('the seed: PUT jwt_config', () => {
  test('the four values are replaced and all four details answered', async () => {
    const id = await add({ issuer: 'https://before.example' })
    const answer = await ok(here.admin.put(`${idps}/${id}/jwt_config`, config))
    expect(answer).toEqual({ details })
    expect((await legacy(id)).jwtConfig).toEqual(config)
  })

  test('what is not sent is empty afterwards: no header name means the default', async () => {
    const id = await add()
    const { headerName, ...rest } = config
    await ok(here.admin.put(`${idps}/${id}/jwt_config`, rest))
    expect((await legacy(id)).jwtConfig).toEqual(rest)
  })

  test('two updates one after the other show a growing sequence', async () => {
    const id = await add()
    const sequences = []
    for (const issuer of ['https://one.example', 'https://two.example']) {
      const { details } = await ok(here.admin.put(`${idps}/${id}/jwt_config`, { ...config, issuer }))
      sequences.push(BigInt(details.sequence))
    }
    expect(sequences[1]).toBeGreaterThan(sequences[0]!)
  })

  test('two at the same moment lose nothing, and their sequences differ', async () => {
    const id = await add()
    const name = fresh()
    const [one, other] = await Promise.all([
      ok(here.admin.put(`${idps}/${id}/jwt_config`, { ...config, issuer: 'https://new.example' })),
      ok(here.admin.put(`${idps}/${id}`, { name, autoRegister: true })),
    ])
    expect(one.details.sequence).not.toBe(other.details.sequence)
    expect(await legacy(id)).toMatchObject({ name, autoRegister: true, jwtConfig: { issuer: 'https://new.example' } })
  })

  test('eight at the same moment have eight sequences', async () => {
    const id = await add()
    const issuers = Array.from({ length: 8 }, (_, index) => `https://issuer-${index}.example`)
    const answers = await Promise.all(
      issuers.map((issuer) => ok(here.admin.put(`${idps}/${id}/jwt_config`, { ...config, issuer }))),
    )
    expect(new Set(answers.map((answer) => answer.details.sequence)).size).toBe(issuers.length)
  })

  test('a sequence beyond 2^53 stays exact', async () => {
    const id = await add()
    await here.db.sequenceCounter.update({
      where: { organizationId: here.organizationId },
      data: { value: '9007199254740993' },
    })
    const { details } = await ok(
      here.admin.put(`${idps}/${id}/jwt_config`, { ...config, issuer: 'https://big.example' }),
    )
    expect(details.sequence).toBe('9007199254740994')
    expect((await legacy(id)).details.sequence).toBe('9007199254740994')
  })

  test('an audience set by the template endpoint is kept', async () => {
    const id = await addTemplate({ audience: 'keybound' })
    await ok(here.admin.put(`${idps}/${id}/jwt_config`, { ...config, issuer: 'https://other.example' }))
    expect((await template(id)).config.jwt.audience).toBe('keybound')
  })

  test('the values already stored are refused: 409, code 9', async () => {
    const id = await add()
    expectError(await here.admin.put(`${idps}/${id}/jwt_config`, config), {
      status: 409,
      code: 9,
      id: 'INSTANCE-3n9gg',
    })
  })

  test('an unknown provider is 404, code 5', async () => {
    for (const id of [crypto.randomUUID(), '69629023906488334', 'x'.repeat(200)]) {
      expectError(await here.admin.put(`${idps}/${id}/jwt_config`, config), {
        status: 404,
        code: 5,
        id: 'INSTANCE-2m00d',
      })
    }
  })

  test('snake_case names are taken, null is absent, and unknown fields are ignored', async () => {
    const id = await add()
    const sent = {
      jwt_endpoint: 'https://snake.example/jwt',
      issuer: 'https://snake.example',
      keys_endpoint: 'https://snake.example/keys',
      header_name: null,
      somethingElse: { deep: [1] },
    }
    await ok(here.admin.put(`${idps}/${id}/jwt_config`, sent))
    expect((await legacy(id)).jwtConfig).toEqual({
      jwtEndpoint: 'https://snake.example/jwt',
      issuer: 'https://snake.example',
      keysEndpoint: 'https://snake.example/keys',
    })
  })
})

describe('limits', () => {
  const long = (length: number) => `https://x.example/${'😀'.repeat(length - 18)}`

  test('200 code points are taken, however many bytes they are', async () => {
    const id = await add()
    await ok(
      here.admin.put(`${idps}/${id}/jwt_config`, {
        jwtEndpoint: long(200),
        issuer: '😀'.repeat(200),
        keysEndpoint: long(200),
        headerName: 'h'.repeat(200),
      }),
    )
    expect((await legacy(id)).jwtConfig.issuer).toBe('😀'.repeat(200))
  })

  test.each([
    [{ jwtEndpoint: '' }, 'UpdateIDPJWTConfigRequest.JwtEndpoint'],
    [{ jwtEndpoint: long(201) }, 'UpdateIDPJWTConfigRequest.JwtEndpoint'],
    [{ issuer: '' }, 'UpdateIDPJWTConfigRequest.Issuer'],
    [{ issuer: 'i'.repeat(201) }, 'UpdateIDPJWTConfigRequest.Issuer'],
    [{ keysEndpoint: undefined }, 'UpdateIDPJWTConfigRequest.KeysEndpoint'],
    [{ keysEndpoint: long(201) }, 'UpdateIDPJWTConfigRequest.KeysEndpoint'],
    [{ jwtEndpoint: '', issuer: '', headerName: 'h'.repeat(201) }, 'UpdateIDPJWTConfigRequest.JwtEndpoint'],
  ])('%j is refused, and the first wrong field alone is named', async (fields, name) => {
    const id = await add()
    const answer = await here.admin.put(`${idps}/${id}/jwt_config`, { ...config, ...fields })
    expectError(answer, { status: 400, code: 3 })
    expect(answer.body.message).toBe(`invalid ${name}: value length must be between 1 and 200 runes, inclusive`)
    expect((await legacy(id)).jwtConfig).toEqual(config)
  })

  test('a header name of 201 characters is refused', async () => {
    const answer = await here.admin.put(`${idps}/${await add()}/jwt_config`, { ...config, headerName: 'h'.repeat(201) })
    expectError(answer, { status: 400, code: 3 })
    expect(answer.body.message).toBe(
      'invalid UpdateIDPJWTConfigRequest.HeaderName: value length must be at most 200 runes',
    )
  })

  test.each([
    [{ jwtEndpoint: 'javascript:alert(1)' }],
    [{ jwtEndpoint: 'https://user:secret@x.example/' }],
    [{ keysEndpoint: 'file:///etc/passwd' }],
    [{ headerName: 'two words' }],
    [{ headerName: 'line\r\nbreak' }],
    [{ issuer: 5 }],
    [{ issuer: { text: 'x' } }],
    [{ issuer: 'zero\u0000' }],
  ])('%j is 400, code 3', async (fields) => {
    expectError(await here.admin.put(`${idps}/${await add()}/jwt_config`, { ...config, ...fields }), {
      status: 400,
      code: 3,
    })
  })

  test.each(['{', '[]', '"text"', '{"issuer":"a","issuer":"b"}', '{"jwt_endpoint":"a","jwtEndpoint":"b"}'])(
    'the body %s is 400, code 3',
    async (raw) => {
      const answer = await here.admin.call('PUT', `${idps}/${await add()}/jwt_config`, undefined, {
        raw,
        headers: { 'content-type': 'application/json' },
      })
      expectError(answer, { status: 400, code: 3 })
    },
  )

  test('an id of 201 characters is 400', async () => {
    expectError(await here.admin.get(`${idps}/${'x'.repeat(201)}`), { status: 400, code: 3 })
  })
})

describe('order of the checks', () => {
  test('nobody is 401 before a body is looked at', async () => {
    expectError(await here.nobody.put(`${idps}/x/jwt_config`, {}), { status: 401, code: 16 })
  })

  test('a role too low is 403 before a body is looked at', async () => {
    const { client } = await here.actor('auditor')
    expectError(await client.put(`${idps}/x/jwt_config`, {}), { status: 403, code: 7 })
    await ok(client.get(`${idps}/${await add()}`))
    const none = (await here.actor('no-access')).client
    expectError(await none.get(`${idps}/${await add()}`), { status: 403, code: 7 })
    expectError(await none.post(`${idps}/_search`, {}), { status: 403, code: 7 })
  })

  test('a wrong body is 400 before an unknown id is 404', async () => {
    expectError(await here.admin.put(`${idps}/${crypto.randomUUID()}/jwt_config`, {}), { status: 400, code: 3 })
  })

  test('another organization in x-zitadel-orgid is 403 under management', async () => {
    const headers = { 'x-zitadel-orgid': crypto.randomUUID() }
    expectError(await here.admin.post('/management/v1/idps/jwt', {}, { headers }), { status: 403, code: 7 })
    const own = { 'x-zitadel-orgid': here.organizationId }
    await ok(here.admin.post('/management/v1/idps/_search', {}, { headers: own }))
  })
})

describe('the legacy life of a provider', () => {
  test('it is added with the defaults left out, and read in both shapes', async () => {
    const name = fresh()
    const added = await ok(here.admin.post(`${idps}/jwt`, { name, ...config }))
    expect(added).toEqual({ details, idpId: expect.any(String) })
    expect(await legacy(added.idpId)).toEqual({
      id: added.idpId,
      details,
      state: 'IDP_STATE_ACTIVE',
      name,
      owner: 'IDP_OWNER_TYPE_SYSTEM',
      jwtConfig: config,
    })
    expect(await template(added.idpId)).toEqual({
      id: added.idpId,
      details,
      state: 'IDP_STATE_ACTIVE',
      name,
      owner: 'IDP_OWNER_TYPE_SYSTEM',
      type: 'PROVIDER_TYPE_JWT',
      config: { options: { isLinkingAllowed: true, isCreationAllowed: true }, jwt: config },
    })
  })

  test.each([['STYLING_TYPE_GOOGLE'], [1]])('the enum value %s is taken', async (stylingType) => {
    const id = await add({ stylingType, autoRegister: true })
    expect(await legacy(id)).toMatchObject({ stylingType: 'STYLING_TYPE_GOOGLE', autoRegister: true })
    expect((await template(id)).config.options.isAutoCreation).toBe(true)
  })

  test.each([['STYLING_TYPE_BLUE'], [2], [true]])('the enum value %s is 400', async (stylingType) => {
    expectError(await here.admin.post(`${idps}/jwt`, { name: fresh(), ...config, stylingType }), {
      status: 400,
      code: 3,
    })
  })

  test('a name is not taken twice by one owner, however many ask at once', async () => {
    const name = fresh()
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => here.admin.post(`${idps}/jwt`, { name, ...config })),
    )
    const refused = answers.filter(({ status }) => status !== 200)
    expect(refused).toHaveLength(4)
    for (const answer of refused) expectError(answer, { status: 409, code: 6, id: 'V3-DKcYh' })
    await ok(here.admin.post('/management/v1/idps/jwt', { name, ...config }))
    const other = await add()
    expectError(await here.admin.put(`${idps}/${other}`, { name }), { status: 409, code: 6, id: 'V3-DKcYh' })
  })

  test('it is renamed, and a rename to the same is 409, code 9', async () => {
    const id = await add({ autoRegister: true })
    const name = fresh()
    expect(await ok(here.admin.put(`${idps}/${id}`, { name, stylingType: 1 }))).toEqual({ details })
    const idp = await legacy(id)
    expect(idp).toMatchObject({ name, stylingType: 'STYLING_TYPE_GOOGLE', jwtConfig: config })
    expect(idp).not.toHaveProperty('autoRegister')
    expectError(await here.admin.put(`${idps}/${id}`, { name, stylingType: 1 }), {
      status: 409,
      code: 9,
      id: 'INSTANCE-3k0fs',
    })
  })

  test('it is deactivated once, updated while inactive, and reactivated once', async () => {
    const id = await add()
    expectError(await here.admin.post(`${idps}/${id}/_reactivate`), { status: 409, code: 9, id: 'INSTANCE-5Mo0d' })
    expect(await ok(here.admin.post(`${idps}/${id}/_deactivate`))).toEqual({ details })
    expect((await legacy(id)).state).toBe('IDP_STATE_INACTIVE')
    expectError(await here.admin.post(`${idps}/${id}/_deactivate`, {}), { status: 409, code: 9, id: 'INSTANCE-2n0fs' })
    await ok(here.admin.put(`${idps}/${id}/jwt_config`, { ...config, issuer: 'https://quiet.example' }))
    await ok(here.admin.post(`${idps}/${id}/_reactivate`, {}))
    expect(await legacy(id)).toMatchObject({
      state: 'IDP_STATE_ACTIVE',
      jwtConfig: { issuer: 'https://quiet.example' },
    })
    const unknown = crypto.randomUUID()
    expectError(await here.admin.post(`${idps}/${unknown}/_deactivate`), { status: 404, code: 5 })
    expectError(await here.admin.post(`${idps}/${unknown}/_reactivate`), { status: 404, code: 5 })
  })

  test('once removed it is nowhere', async () => {
    const id = await add()
    const before = (await legacy(id)).details
    const removed = await ok(here.admin.delete(`${idps}/${id}`))
    expect(BigInt(removed.details.sequence)).toBeGreaterThan(BigInt(before.sequence))
    expectError(await here.admin.get(`${idps}/${id}`), { status: 404, code: 5, id: 'QUERY-rhR2o' })
    expectError(await here.admin.get(`${idps}/templates/${id}`), { status: 404, code: 5, id: 'QUERY-SAFrt' })
    expectError(await here.admin.delete(`${idps}/${id}`), { status: 404, code: 5, id: 'INSTANCE-4M0xy' })
    expectError(await here.admin.put(`${idps}/${id}/jwt_config`, config), { status: 404, code: 5 })
  })

  test('every act is in the audit, with what it changed', async () => {
    const id = await add()
    await ok(here.admin.put(`${idps}/${id}/jwt_config`, { ...config, issuer: 'https://audited.example' }))
    await ok(here.admin.delete(`${idps}/${id}`))
    const entries = await here.db.auditEntry.findMany({ where: { targetId: id }, orderBy: { at: 'asc' } })
    expect(entries.map(({ action }) => action)).toEqual(['trust.created', 'trust.updated', 'trust.deleted'])
    expect(entries[1]?.after).toContain('https://audited.example')
  })
})

describe('the template life of a provider', () => {
  const options = {
    isLinkingAllowed: true,
    isCreationAllowed: true,
    isAutoCreation: true,
    isAutoUpdate: true,
    autoLinking: 'AUTO_LINKING_OPTION_EMAIL',
  }

  test('it is added, its fields trimmed, and read in both shapes', async () => {
    const id = await addTemplate({
      name: '  spaced  ',
      issuer: ' https://accounts.custom.com ',
      audience: ' keybound ',
      providerOptions: options,
    })
    expect(await template(id)).toEqual({
      id,
      details,
      state: 'IDP_STATE_ACTIVE',
      name: 'spaced',
      owner: 'IDP_OWNER_TYPE_SYSTEM',
      type: 'PROVIDER_TYPE_JWT',
      config: { options, jwt: { ...config, audience: 'keybound' } },
    })
    expect(await legacy(id)).toMatchObject({ name: 'spaced', autoRegister: true })
  })

  test('two may have one name', async () => {
    const name = fresh()
    await addTemplate({ name })
    await addTemplate({ name })
  })

  test('an absent audience is kept and an empty one clears it', async () => {
    const name = fresh()
    const id = await addTemplate({ name, audience: 'keybound' })
    await ok(here.admin.put(`${idps}/generic_jwt/${id}`, { name, ...config, issuer: 'https://a.example' }))
    expect((await template(id)).config.jwt.audience).toBe('keybound')
    await ok(here.admin.put(`${idps}/generic_jwt/${id}`, { name, ...config, audience: '' }))
    expect((await template(id)).config).toEqual({ options: {}, jwt: config })
  })

  test('an update that changes nothing answers the old sequence and date', async () => {
    const name = fresh()
    const id = await addTemplate({ name })
    const { details } = await template(id)
    expect(await ok(here.admin.put(`${idps}/generic_jwt/${id}`, { name, ...config }))).toEqual({ details })
  })

  test('unknown ids are 404 with the ids of their places', async () => {
    const id = crypto.randomUUID()
    const body = { name: 'x', ...config }
    expectError(await here.admin.put(`${idps}/generic_jwt/${id}`, body), { status: 404, code: 5, id: 'INST-Bhju5' })
    expectError(await here.admin.delete(`${idps}/templates/${id}`), { status: 404, code: 5, id: 'INST-Se3tg' })
  })

  test('one made by either generation is deleted by the other', async () => {
    const old = await add()
    await ok(here.admin.delete(`${idps}/templates/${old}`))
    expectError(await here.admin.get(`${idps}/${old}`), { status: 404, code: 5 })
    const template = await addTemplate()
    await ok(here.admin.put(`${idps}/${template}/jwt_config`, { ...config, issuer: 'https://seen.example' }))
    await ok(here.admin.delete(`${idps}/${template}`))
  })

  test('an audience of 201 characters is refused', async () => {
    const answer = await here.admin.post(`${idps}/generic_jwt`, { name: 'x', ...config, audience: 'a'.repeat(201) })
    expectError(answer, { status: 400, code: 3 })
    expect(answer.body.message).toContain('AddJWTProviderRequest.Audience')
  })
})

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
    const nothing = await ok(here.admin.post(`${idps}/_search`, { queries: [{ idpIdQuery: { id: 'nobody' } }] }))
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

test('a provider whose people are ranked above the caller is not changed by them', async () => {
  const id = await add()
  const { id: userId } = (await here.db.user.findFirst())!
  await here.db.userLink.create({
    data: { id: crypto.randomUUID(), trustId: id, subject: 'ada', userId, createdAt: new Date() },
  })
  const { client } = await here.actor('member')
  expectError(await client.put(`${idps}/${id}/jwt_config`, { ...config, issuer: 'https://evil.example' }), {
    status: 403,
    code: 7,
  })
  expectError(await client.delete(`${idps}/${id}`), { status: 403, code: 7 })
})

test('with ZITADEL_PRECONDITION_STATUS=400 no change is 400, and the code is 9 as ever', async () => {
  const other = await install({ ZITADEL_PRECONDITION_STATUS: '400' })
  try {
    const { body } = await other.admin.post(`${idps}/jwt`, { name: 'demo', ...config })
    expectError(await other.admin.put(`${idps}/${body.idpId}/jwt_config`, config), {
      status: 400,
      code: 9,
      id: 'INSTANCE-3n9gg',
    })
  } finally {
    await other.stop()
  }
})
