import { describe, expect, test } from 'vitest'
import { details, expectError, ok } from './zitadel-calls'
import { useFlow } from './zitadel-flow'

const flow = useFlow()
const { provider, token, signIn, arrive, callback, sessionOf } = flow

const levels = ['admin', 'management'] as const
const policy = (level: string) => `/${level}/v1/policies/login/idps`
const base = policy('admin')

type Link = { idpId: string; idpName: string; idpType: string }
const linked = async (level = 'admin', query = {}): Promise<Link[]> =>
  (await ok(flow.here.admin.post(`${policy(level)}/_search`, { query }))).result ?? []
const isOnPage = async (id: string) => {
  const { providers } = (await flow.here.anonymous.get('/api/admin/sign-in-providers')).body
  return providers.some((one: { id: string }) => one.id === id)
}

describe.each(levels)('%s: a provider is linked, or people do not sign in through it', (level) => {
  const path = policy(level)

  test('a new one is linked', async () => {
    const id = await provider()
    expect(await linked(level)).toContainEqual({
      idpId: id,
      idpName: expect.stringMatching(/^gateway /),
      idpType: 'IDP_TYPE_JWT',
    })
    expect(await isOnPage(id)).toBe(true)
  })

  test('unlinked, it is not offered and sign-ins through it fail; linked again, they work', async () => {
    const id = await provider()
    const removed = await ok(flow.here.admin.delete(`${path}/${id}`))
    expect(removed).toEqual({ details })
    expect((await linked(level)).map(({ idpId }) => idpId)).not.toContain(id)
    expect(await isOnPage(id)).toBe(false)
    const { session, last } = await signIn(token(), id)
    expect([session, last.search]).toEqual([null, '?reason=provider_inactive'])

    const added = await ok(flow.here.admin.post(path, { idpId: id }))
    expect(added).toEqual({ details })
    expect(BigInt(added.details.sequence)).toBeGreaterThan(BigInt(removed.details.sequence))
    expect(await isOnPage(id)).toBe(true)
    expect((await signIn(token(), id)).session).not.toBeNull()
  })

  test('linking what is linked answers what is stored, so a script that creates and links works', async () => {
    const id = await provider()
    const { idp } = await ok(flow.here.admin.get(`/admin/v1/idps/${id}`))
    expect((await ok(flow.here.admin.post(path, { idpId: id }))).details).toEqual(idp.details)
  })

  test('unlinking what is not linked is 404, code 5', async () => {
    const id = await provider()
    await ok(flow.here.admin.delete(`${path}/${id}`))
    expectError(await flow.here.admin.delete(`${path}/${id}`), { status: 404, code: 5 })
  })

  test('an unknown provider is 404, and a wrong body 400', async () => {
    const unknown = crypto.randomUUID()
    expectError(await flow.here.admin.post(path, { idpId: unknown }), { status: 404, code: 5 })
    expectError(await flow.here.admin.delete(`${path}/${unknown}`), { status: 404, code: 5 })
    for (const body of [
      {},
      { idpId: '' },
      { idpId: 5 },
      { idpId: 'x'.repeat(201) },
      { idpId: unknown, ownerType: 9 },
    ]) {
      expectError(await flow.here.admin.post(path, body), { status: 400, code: 3 })
    }
  })

  test('without credentials 401, too low a role 403, before anything else', async () => {
    const id = await provider()
    const { client: auditor } = await flow.here.actor('auditor')
    await ok(auditor.post(`${path}/_search`, {}))
    expectError(await auditor.post(path, {}), { status: 403, code: 7 })
    expectError(await auditor.delete(`${path}/${id}`), { status: 403, code: 7 })
    expectError(await flow.here.anonymous.post(`${path}/_search`, {}), { status: 401, code: 16 })
    expectError(await flow.here.anonymous.post(path, {}), { status: 401, code: 16 })
    expectError(await flow.here.anonymous.delete(`${path}/${id}`), { status: 401, code: 16 })
    expect(await isOnPage(id)).toBe(true)
  })
})

test('an inactive provider stays linked, and is on the page again once it is active', async () => {
  const id = await provider()
  await ok(flow.here.admin.post(`/admin/v1/idps/${id}/_deactivate`))
  expect((await linked()).map(({ idpId }) => idpId)).toContain(id)
  expect(await isOnPage(id)).toBe(false)
  await ok(flow.here.admin.post(`/admin/v1/idps/${id}/_reactivate`))
  expect(await isOnPage(id)).toBe(true)
})

test('an update through any endpoint leaves a provider linked or not, as it was', async () => {
  const id = await provider()
  await ok(flow.here.admin.delete(`${base}/${id}`))
  await ok(flow.here.admin.put(`/admin/v1/idps/${id}`, { name: `renamed ${id}`, autoRegister: true }))
  expect(await isOnPage(id)).toBe(false)
})

test('an offered provider is on the page, however many before it by name are not offered', async () => {
  const { db } = flow.here
  const id = await provider({ name: `zz last ${crypto.randomUUID()}` })
  const hidden = await provider()
  await ok(flow.here.admin.delete(`${base}/${hidden}`))
  const row = await db.trust.findUniqueOrThrow({ where: { id: hidden } })
  const crowd = Array.from({ length: 450 }, (_, index) => ({ ...row, id: crypto.randomUUID(), name: `aa ${index}` }))
  await db.trust.createMany({ data: crowd })
  expect(await isOnPage(id)).toBe(true)
  expect(await isOnPage(hidden)).toBe(false)
  await db.trust.deleteMany({ where: { id: { in: crowd.map((copy) => copy.id) } } })
})

test('unlinked during a sign-in, the last step fails', async () => {
  const id = await provider()
  const { browser, given } = await arrive(id)
  const location = (await callback(given, token())).headers.get('location')!
  await ok(flow.here.admin.delete(`${base}/${id}`))
  await browser.open(location)
  expect(await sessionOf(browser)).toBeNull()
})

test('an unlinked provider still serves other applications, and people stay linked', async () => {
  const id = await provider()
  const sub = `stays ${crypto.randomUUID()}`
  const { session } = await signIn(token({ sub }), id)
  await ok(flow.here.admin.delete(`${base}/${id}`))
  const urls = { successUrl: 'http://127.0.0.1:4000/in', failureUrl: 'http://127.0.0.1:4000/out' }
  const { authUrl } = await ok(flow.here.admin.post('/v2/idp_intents', { idpId: id, urls }))
  const back = new URL((await callback(new URL(authUrl).searchParams, token({ sub }))).headers.get('location')!)
  expect(back.searchParams.get('user')).toBe(session.user.id)
})

test('the installation’s level does not know the organization’s providers; whose it is can be said', async () => {
  const added = await ok(
    flow.here.admin.post('/management/v1/idps/jwt', {
      name: `own ${crypto.randomUUID()}`,
      issuer: flow.keys.origin,
      jwtEndpoint: flow.gateway.jwtEndpoint,
      keysEndpoint: flow.keys.jwksUrl,
    }),
  )
  const idpId = added.idpId
  expect((await linked('admin')).map((link) => link.idpId)).not.toContain(idpId)
  expect((await linked('management')).map((link) => link.idpId)).toContain(idpId)
  expectError(await flow.here.admin.delete(`${base}/${idpId}`), { status: 404, code: 5 })
  const path = policy('management')
  await ok(flow.here.admin.delete(`${path}/${idpId}`))
  const asSystem = { idpId, ownerType: 'IDP_OWNER_TYPE_SYSTEM' }
  expectError(await flow.here.admin.post(path, asSystem), { status: 404, code: 5 })
  await ok(flow.here.admin.post(path, { idpId, ownerType: 'IDP_OWNER_TYPE_ORG' }))
})

test('the list comes in pages, by name', async () => {
  const all = await linked()
  expect(all.length).toBeGreaterThan(2)
  const names = (await linked('admin', { asc: true })).map(({ idpName }) => idpName)
  expect(names).toEqual([...names].sort())
  expect(await linked('admin', { asc: true, offset: 1, limit: 1 })).toMatchObject([{ idpName: names[1] }])
  const { details: page } = await ok(flow.here.admin.post(`${base}/_search`, { query: { limit: 1 } }))
  expect(page.totalResult).toBe(String(all.length))
})
