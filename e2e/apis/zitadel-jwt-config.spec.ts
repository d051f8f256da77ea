import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Installation, install } from './installation'
import { config, details, expectError, fresh, idpCalls, idps, ok } from './zitadel-calls'

let here: Installation
beforeAll(async () => {
  here = await install()
})
afterAll(() => here.stop())

const { add, addTemplate, legacy, template } = idpCalls(() => here)

describe('the seed: PUT jwt_config', () => {
  test('the four values are replaced and all four details answered', async () => {
    const id = await add({ issuer: 'https://before.example' })
    const answer = await ok(here.admin.put(`${idps}/${id}/jwt_config`, config))
    expect(answer).toEqual({ details })
    expect((await legacy(id)).jwtConfig).toEqual(config)
  })

  test('a field that is not sent is empty afterwards: no header name means the default', async () => {
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
  test('without credentials 401, before the body is read', async () => {
    expectError(await here.anonymous.put(`${idps}/x/jwt_config`, {}), { status: 401, code: 16 })
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
