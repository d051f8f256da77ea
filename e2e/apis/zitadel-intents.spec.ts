import { describe, expect, test } from 'vitest'
import { createBrowser } from '../peers/browser'
import { useFlow } from './zitadel-flow'

const flow = useFlow()
const { provider, token, url, sessionOf, signIn, arrive, callback } = flow

describe('intents: the same for another application', () => {
  const urls = { successUrl: 'https://app.example/in?tab=1', failureUrl: 'https://app.example/out' }
  const begin = async (idpId = flow.providerId) => {
    const { status, text, body } = await flow.here.admin.post('/v2/idp_intents', { idpId, urls })
    expect(status, text).toBe(200)
    return body as { authUrl: string; details: unknown }
  }
  const through = async (withToken: string) => {
    const { authUrl } = await begin()
    const answer = await callback(new URL(authUrl).searchParams, withToken)
    return new URL(answer.headers.get('location')!)
  }
  const retrieve = (back: URL, idpIntentToken = back.searchParams.get('token')) =>
    flow.here.admin.post(`/v2/idp_intents/${back.searchParams.get('id')}`, { idpIntentToken })

  test('the application retrieves the person who signed in, once', async () => {
    const { details } = await begin()
    expect(details).toMatchObject({ sequence: expect.any(String), resourceOwner: flow.here.organizationId })
    const back = await through(token({ sub: 'remote', preferred_username: 'remote-user' }))
    expect(back.href).toMatch(/^https:\/\/app\.example\/in\?tab=1&id=.+&token=[\w-]{43}$/)
    const answer = await retrieve(back)
    expect(answer.status, answer.text).toBe(200)
    expect(answer.body).toEqual({
      details: expect.anything(),
      idpInformation: {
        idpId: flow.providerId,
        userId: 'remote',
        userName: 'remote-user',
        rawInformation: expect.objectContaining({ iss: flow.keys.origin, sub: 'remote' }),
      },
    })
    const again = await retrieve(back)
    expect({ status: again.status, code: again.body.code }).toEqual({ status: 400, code: 9 })
    expect(again.body.message).toMatch(/consumed/)
    expect(await flow.here.db.userLink.count({ where: { subject: 'remote' } })).toBe(0)
  })

  test('of two applications at the same moment, one learns it', async () => {
    const back = await through(token())
    const answers = await Promise.all([retrieve(back), retrieve(back), retrieve(back)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400])
  })

  test('a linked person is named', async () => {
    const sub = `linked ${crypto.randomUUID()}`
    const { session } = await signIn(token({ sub }))
    const back = await through(token({ sub }))
    expect(back.searchParams.get('user')).toBe(session.user.id)
    expect((await retrieve(back)).body.userId).toBe(session.user.id)
  })

  test('a refusal goes to the failure URL', async () => {
    const back = await through(token({ iss: 'https://other.example' }))
    expect(back.href).toMatch(/^https:\/\/app\.example\/out\?id=/)
    expect(back.searchParams.get('error')).toBe('issuer_mismatch')
    expect(back.searchParams.get('error_description')).not.toContain(flow.keys.origin)
    const answer = await retrieve(back, 'A'.repeat(43))
    expect({ status: answer.status, code: answer.body.code }).toEqual({ status: 400, code: 9 })
  })

  test('another token, an unknown intent and an unfinished one are refused', async () => {
    const back = await through(token())
    expect((await retrieve(back, 'A'.repeat(43))).status).toBe(403)
    expect((await retrieve(back)).status).toBe(200)
    const { authUrl } = await begin()
    const id = new URL(authUrl).searchParams.get('authRequestID')
    expect((await flow.here.admin.post(`/v2/idp_intents/${id}`, { idpIntentToken: 'x' })).body.code).toBe(9)
    const unknown = await flow.here.admin.post(`/v2/idp_intents/${crypto.randomUUID()}`, { idpIntentToken: 'x' })
    expect({ status: unknown.status, code: unknown.body.code }).toEqual({ status: 404, code: 5 })
  })

  test('the browser returns to this server, to this machine, and where the organization says', async () => {
    const to = (successUrl: string, failureUrl = successUrl) =>
      flow.here.admin.post('/v2/idp_intents', { idpId: flow.providerId, urls: { successUrl, failureUrl } })
    for (const address of [url('/in'), 'http://localhost:8123/in', 'http://[::1]/in', 'https://app.example/other']) {
      expect((await to(address)).status, address).toBe(200)
    }
    const before = await flow.here.db.signInIntent.count()
    for (const address of ['https://evil.example/in', 'http://app.example/in', 'https://app.example@evil.example/in']) {
      const refused = [await to(address), await to('https://app.example/in', address)]
      for (const answer of refused) {
        expect({ status: answer.status, code: answer.body.code }, address).toEqual({ status: 400, code: 3 })
        expect(answer.headers.get('x-keybound-reason')).toBe('return_origin_not_listed')
      }
    }
    expect(await flow.here.db.signInIntent.count()).toBe(before)
  })

  test('only the actor that began an intent retrieves it', async () => {
    const back = await through(token())
    const { client } = await flow.here.actor('admin')
    const body = { idpIntentToken: back.searchParams.get('token') }
    expect((await client.post(`/v2/idp_intents/${back.searchParams.get('id')}`, body)).status).toBe(403)
    expect((await retrieve(back)).status).toBe(200)
  })

  test('an intent is not a session, and a session not an intent', async () => {
    const back = await through(token())
    const browser = createBrowser()
    await browser.open(url(`/idps/finish${back.search}`))
    expect(await sessionOf(browser)).toBeNull()
    const { given } = await arrive()
    const finish = new URL((await callback(given, token())).headers.get('location')!)
    expect((await retrieve(finish)).status).toBe(404)
  })

  test('intents that are started wrongly are refused', async () => {
    const post = (body: unknown) => flow.here.admin.post('/v2/idp_intents', body)
    expect((await flow.here.anonymous.post('/v2/idp_intents', {})).status).toBe(401)
    expect((await (await flow.here.actor('no-access')).client.post('/v2/idp_intents', {})).status).toBe(403)
    expect((await post({ idpId: flow.providerId })).status).toBe(400)
    expect((await post({ idpId: flow.providerId, urls: { ...urls, successUrl: 'javascript:alert(1)' } })).status).toBe(
      400,
    )
    expect((await post({ idpId: crypto.randomUUID(), urls })).status).toBe(404)
    const id = await provider()
    await flow.here.admin.post(`/admin/v1/idps/${id}/_deactivate`)
    expect((await post({ idpId: id, urls })).body.code).toBe(9)
  })

  test('a provider is read in the format of the second version', async () => {
    const { body } = await flow.here.admin.get(`/v2/idps/${flow.providerId}`)
    expect(body.idp).toMatchObject({
      id: flow.providerId,
      type: 'IDP_TYPE_JWT',
      state: 'IDP_STATE_ACTIVE',
      config: { options: { isCreationAllowed: true, isAutoCreation: true }, jwt: { issuer: flow.keys.origin } },
    })
    expect((await flow.here.admin.get(`/v2/idps/${crypto.randomUUID()}`)).status).toBe(404)
  })
})

test('the OpenAPI document has all of it', async () => {
  const { body } = await flow.here.anonymous.get('/api/openapi.json')
  const paths = ['/admin/v1/idps/{idpId}/jwt_config', '/management/v1/idps/templates/_search', '/idps/jwt']
  expect(Object.keys(body.paths)).toEqual(expect.arrayContaining([...paths, '/v2/idp_intents/{idpIntentId}']))
})
