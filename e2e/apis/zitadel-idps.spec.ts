import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Installation, install } from './installation'
import { config, details, expectError, fresh, idpCalls, idps, ok } from './zitadel-calls'

let here: Installation
beforeAll(async () => {
  here = await install()
})
afterAll(() => here.stop())

const { add, addTemplate, legacy, template } = idpCalls(() => here)

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
