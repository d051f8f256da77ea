import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Browser, createBrowser } from '../peers/browser'
import { type Gateway, startGateway } from '../peers/gateway'
import { type JwksServer, startJwksServer } from '../peers/jwks-server'
import { type Installation, install } from './installation'
import { createIssuer, hmacToken, type Issuer, now } from './issuer'

let here: Installation
let keys: JwksServer
let issuer: Issuer
let kid: string
let gateway: Gateway
let providerId: string

beforeAll(async () => {
  here = await install({ KEY_FETCH_ALLOWED_ORIGINS: '127.0.0.0/8' })
  keys = await startJwksServer()
  ;({ issuer, kid } = published(keys))
  gateway = await startGateway(`${here.keybound.baseUrl}/idps/jwt`)
  providerId = await provider()
})
afterAll(async () => {
  await Promise.all([keys.stop(), gateway.stop()])
  await here.stop()
})
beforeEach(() => {
  Object.assign(gateway, { token: null, headerName: 'x-auth-token', method: 'GET', query: null })
})

/** Publishes a fresh key; answers who signs with it. */
function published(server: JwksServer) {
  const key = server.rotate({ alg: 'ES256' })
  const pair = { privateKey: key.privateKey, publicKey: createIssuer('ES256').publicKey }
  return { issuer: createIssuer('ES256', pair), kid: key.kid }
}

const provider = async (fields: Record<string, unknown> = {}): Promise<string> => {
  const { status, text, body } = await here.admin.post('/admin/v1/idps/generic_jwt', {
    name: `gateway ${crypto.randomUUID()}`,
    issuer: keys.origin,
    jwtEndpoint: gateway.jwtEndpoint,
    keysEndpoint: keys.jwksUrl,
    headerName: 'x-auth-token',
    providerOptions: { isCreationAllowed: true, isAutoCreation: true },
    ...fields,
  })
  expect(status, text).toBe(200)
  return body.id
}

/** A good token of now, with `claims` over the usual ones. */
const token = (claims: Record<string, unknown> = {}, header: Record<string, unknown> = {}) =>
  issuer.token({ iss: keys.origin, sub: 'grace', ...claims }, { kid, ...header })

const url = (path: string) => `${here.keybound.baseUrl}${path}`
const start = (browser: Browser, id = providerId) => browser.open(url(`/idps/start/${id}`))

async function sessionOf(browser: Browser) {
  return (await (await browser.fetch(url('/api/admin/session'))).json()).session
}

/** Walks the whole way with a token; answers the browser and where it ended. */
async function signIn(withToken: string | null, id = providerId) {
  gateway.token = withToken
  const browser = createBrowser()
  const { trail, status, text } = await start(browser, id)
  const last = trail.at(-1)!
  return { browser, trail, last, status, text, session: await sessionOf(browser) }
}

/** Walks up to the gateway; answers the browser and the query it brought there. */
async function arrive(id = providerId) {
  const browser = createBrowser()
  const response = await browser.fetch(url(`/idps/start/${id}`))
  return { browser, given: new URL(response.headers.get('location')!).searchParams }
}

const callback = (query: URLSearchParams, withToken: string, method = 'GET') =>
  fetch(url(`/idps/jwt?${query}`), { method, redirect: 'manual', headers: { 'x-auth-token': withToken } })

const decision = (id: string) => here.db.decision.findUniqueOrThrow({ where: { id } })

describe('somebody signs in', () => {
  test('the browser goes to the gateway with what it was given, and ends signed in with the role no-access', async () => {
    const sub = `happy ${crypto.randomUUID()}`
    const { browser, trail, session } = await signIn(token({ sub, name: 'Grace Hopper' }))
    const [, atGateway, finish, inside] = trail
    expect(`${atGateway!.origin}${atGateway!.pathname}`).toBe(new URL(gateway.jwtEndpoint).href.split('?')[0])
    expect([...atGateway!.searchParams.keys()]).toEqual(['tenant', 'authRequestID', 'userAgentID'])
    expect(atGateway!.searchParams.get('userAgentID')).toMatch(/^[A-Za-z0-9_-]+$/)
    expect(finish!.pathname).toBe('/idps/finish')
    expect(inside!.pathname).toBe('/')
    expect(session).toMatchObject({ role: 'no-access', user: { name: 'Grace Hopper' } })
    for (const { text } of browser.cookies.values()) expect(text).toMatch(/HttpOnly/)
  })

  test('the same subject is the same person the second time, and another subject is another', async () => {
    const sub = `twice ${crypto.randomUUID()}`
    const first = await signIn(token({ sub }))
    const second = await signIn(token({ sub }))
    const other = await signIn(token({ sub: `${sub} other` }))
    expect(second.session.user.id).toBe(first.session.user.id)
    expect(other.session.user.id).not.toBe(first.session.user.id)
    const elsewhere = await signIn(token({ sub }), await provider())
    expect(elsewhere.session.user.id).not.toBe(first.session.user.id)
  })

  test('two first sign-ins of one person at the same moment make one person', async () => {
    const sub = `race ${crypto.randomUUID()}`
    const arrivals = await Promise.all([arrive(), arrive(), arrive()])
    const answers = await Promise.all(arrivals.map(({ given }) => callback(given, token({ sub }))))
    expect(answers.map(({ headers }) => new URL(headers.get('location')!).pathname)).toEqual(
      Array(3).fill('/idps/finish'),
    )
    expect(await here.db.userLink.count({ where: { subject: sub } })).toBe(1)
  })

  test('a role an admin has raised is kept', async () => {
    const sub = `raised ${crypto.randomUUID()}`
    const { session } = await signIn(token({ sub }))
    await here.admin.call('PATCH', `/api/admin/members/${session.user.id}`, { role: 'auditor' })
    expect((await signIn(token({ sub }))).session.role).toBe('auditor')
  })

  test('the decision is kept with the whole trace, and the acts are in the audit', async () => {
    const sub = `traced ${crypto.randomUUID()}`
    await signIn(token({ sub }))
    const kept = await here.db.decision.findFirstOrThrow({ where: { subject: sub } })
    expect(kept).toMatchObject({ method: 'sign-in', accepted: true, trustId: providerId, identityId: null })
    const checks = JSON.parse(kept.trace).map(({ id }: { id: string }) => id)
    expect(checks).toEqual(expect.arrayContaining(['signature', 'iss', 'sub', 'exp', 'iat', 'age', 'grant']))
    const added = await here.db.auditEntry.findFirstOrThrow({ where: { action: 'member.added', requestId: kept.id } })
    expect(added.after).toContain(sub)
    const started = await here.db.auditEntry.findFirst({
      where: { action: 'session.started', targetId: added.targetId },
    })
    expect(started?.organizationId).toBe(here.organizationId)
  })

  test.each(['POST', 'PUT', 'PATCH', 'DELETE'])('a gateway may call back with %s', async (method) => {
    gateway.method = method
    expect((await signIn(token())).session).not.toBeNull()
  })

  test('a "Bearer " before the token is taken off, as it is spelt', async () => {
    expect((await signIn(`Bearer ${token()}`)).session).not.toBeNull()
    expect((await signIn(`bearer ${token()}`)).last.searchParams.get('reason')).toBe('token_malformed')
  })

  test('without a header name the token is in Authorization', async () => {
    const id = await provider({ headerName: '' })
    gateway.headerName = 'authorization'
    expect((await signIn(`Bearer ${token()}`, id)).session).not.toBeNull()
  })

  test('an audience that is asked for may be one of several', async () => {
    const id = await provider({ audience: 'keybound' })
    expect((await signIn(token({ aud: ['other', 'keybound'] }), id)).session).not.toBeNull()
    expect((await signIn(token({ aud: 'keybound' }), id)).session).not.toBeNull()
  })

  test('a rotated key counts without a restart', async () => {
    const own = await startJwksServer()
    try {
      const id = await provider({ issuer: own.origin, keysEndpoint: own.jwksUrl })
      const through = async ({ issuer, kid }: ReturnType<typeof published>) =>
        (await signIn(issuer.token({ iss: own.origin }, { kid }), id)).session
      const first = published(own)
      expect(await through(first)).not.toBeNull()
      expect(await through(published(own))).not.toBeNull()
      expect(await through(first)).toBeNull()
    } finally {
      await own.stop()
    }
  })

  test('the path asked for is opened in the end, and no other site', async () => {
    gateway.token = token()
    for (const [next, path] of [
      ['/activity?outcome=refused', '/activity?outcome=refused'],
      ['//evil.example/', '/'],
      ['/\\evil.example', '/'],
      ['https://evil.example/', '/'],
    ] as const) {
      const browser = createBrowser()
      const { trail } = await browser.open(url(`/idps/start/${providerId}?next=${encodeURIComponent(next)}`))
      expect(trail[3]!.href).toBe(url(path))
    }
  })

  test('neither the token nor a secret of the flow is kept', async () => {
    const jwt = token({ sub: `unkept ${crypto.randomUUID()}` })
    const { browser, trail } = await signIn(jwt)
    const secrets = [
      jwt,
      jwt.split('.')[2]!,
      trail[2]!.searchParams.get('token')!,
      browser.cookies.get('keybound.sign-in')!.value,
    ]
    const intents = JSON.stringify(await here.db.signInIntent.findMany())
    for (const secret of secrets) {
      expect(await here.holds(secret)).toBe(false)
      expect(intents).not.toContain(secret)
      expect(here.keybound.logs()).not.toContain(secret)
    }
  })
})

describe('who is refused is told why, and it is recorded', () => {
  const stranger = createIssuer('ES256')

  test.each([
    ['no header', () => null, 'token_header_missing', 'token.shape'],
    ['no token', () => 'hello', 'token_malformed', 'token.shape'],
    ['another issuer', () => token({ iss: 'https://other.example' }), 'issuer_mismatch', 'iss'],
    ['an issuer with a slash more', () => token({ iss: `${keys.origin}/` }), 'issuer_mismatch', 'iss'],
    ['a foreign key', () => stranger.token({ iss: keys.origin }, { kid }), 'signature_invalid', 'signature'],
    ['an unknown kid', () => token({}, { kid: 'unknown' }), 'key_not_found', 'keys.kid'],
    ['an expired token', () => token({ iat: now() - 600, exp: now() - 120 }), 'token_expired', 'exp'],
    ['no exp', () => token({ exp: undefined }), 'expiry_missing', 'exp'],
    ['no iat', () => token({ iat: undefined }), 'issued_at_missing', 'age'],
    ['an iat 60 s ahead', () => token({ iat: now() + 60 }), 'token_issued_in_future', 'iat'],
    ['an iat 61 min old', () => token({ iat: now() - 3660 }), 'token_too_old', 'age'],
    ['an nbf ahead', () => token({ nbf: now() + 120 }), 'token_not_yet_valid', 'nbf'],
    ['HS256 with the public key', () => hmacToken(issuer.pem, { kid }), 'algorithm_not_allowed', 'header.alg'],
    ['no sub', () => token({ sub: undefined }), 'claim_missing', 'sub'],
    ['an empty sub', () => token({ sub: '' }), 'subject_mismatch', 'sub'],
    ['a sub that is no text', () => token({ sub: 7 }), 'subject_mismatch', 'sub'],
    ['a sub too long for a person', () => token({ sub: 's'.repeat(1001) }), 'subject_mismatch', 'sub'],
  ])('%s', async (_, made, reason, check) => {
    const { session, last, status } = await signIn(made())
    expect(session).toBeNull()
    expect(`${last.origin}${last.pathname}`).toBe(url('/sign-in/failed'))
    expect(status).toBe(200)
    expect(Object.fromEntries(last.searchParams)).toEqual({
      reason,
      check,
      decision: expect.stringMatching(/^req-[A-Za-z0-9]{14}$/),
    })
    const kept = await decision(last.searchParams.get('decision')!)
    expect(kept).toMatchObject({ method: 'sign-in', accepted: false, reason, checkId: check, trustId: providerId })
    expect(JSON.parse(kept.trace).length).toBeGreaterThan(0)
    const audited = await here.db.auditEntry.findFirst({ where: { action: 'session.refused', requestId: kept.id } })
    expect(audited?.after).toContain(reason)
  })

  test('no audience, or another, where one is asked for', async () => {
    const id = await provider({ audience: 'keybound' })
    const absent = await signIn(token({ aud: undefined }), id)
    expect(absent.last.search).toContain('reason=claim_missing&check=aud')
    expect((await signIn(token({ aud: 'other' }), id)).last.search).toContain('reason=audience_mismatch&check=aud')
    expect(absent.session).toBeNull()
  })

  test('somebody new, where the provider adds nobody', async () => {
    const id = await provider({ providerOptions: {} })
    const { last, session } = await signIn(token(), id)
    expect(last.search).toContain('reason=user_unknown')
    expect(session).toBeNull()
    expect(await here.db.userLink.count({ where: { trustId: id } })).toBe(0)
  })

  test("claiming somebody's email address does not make one them", async () => {
    const before = await here.db.user.count()
    const claims = { sub: `impostor ${crypto.randomUUID()}`, email: 'ada@example.com', email_verified: true }
    const { session } = await signIn(token(claims))
    expect(session).toMatchObject({ role: 'no-access' })
    expect(session.user.email).not.toBe('ada@example.com')
    expect(await here.db.user.count()).toBe(before + 1)
  })
})

describe('an inactive provider signs nobody in', () => {
  test('from the start on, and it is not offered', async () => {
    const id = await provider()
    const offered = async () =>
      (await here.nobody.get('/api/admin/sign-in-providers')).body.providers.map((one: { id: string }) => one.id)
    expect(await offered()).toContain(id)
    await here.admin.post(`/admin/v1/idps/${id}/_deactivate`)
    expect(await offered()).not.toContain(id)
    const { last, session } = await signIn(token(), id)
    expect(`${last.pathname}${last.search}`).toBe('/sign-in/failed?reason=provider_inactive')
    expect(session).toBeNull()
  })

  test('when it is deactivated on the way to the gateway', async () => {
    const id = await provider()
    const { given } = await arrive(id)
    await here.admin.post(`/admin/v1/idps/${id}/_deactivate`)
    const location = (await callback(given, token())).headers.get('location')!
    expect(location).toContain('reason=provider_inactive')
    const kept = await decision(new URL(location).searchParams.get('decision')!)
    expect(kept).toMatchObject({ accepted: false, reason: 'provider_inactive', trustId: id })
  })

  test('when it is deactivated before the last step', async () => {
    const id = await provider()
    const { browser, given } = await arrive(id)
    const location = (await callback(given, token())).headers.get('location')!
    await here.admin.post(`/admin/v1/idps/${id}/_deactivate`)
    await browser.open(location)
    expect(await sessionOf(browser)).toBeNull()
  })

  test('one that is not there leads to the same page', async () => {
    for (const id of [crypto.randomUUID(), 'x']) {
      expect((await signIn(token(), id)).last.search).toBe('?reason=provider_inactive')
    }
  })
})

describe('the state', () => {
  const refused = async (query: URLSearchParams, withToken = token()) => {
    const decisions = await here.db.decision.count()
    const answer = await callback(query, withToken)
    expect(answer.status).toBe(400)
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain/)
    expect(await here.db.decision.count()).toBe(decisions)
    return answer.text()
  }
  const changed = (given: URLSearchParams, change: (query: URLSearchParams) => void) => {
    const query = new URLSearchParams(given)
    change(query)
    return query
  }

  test('is 400 when a parameter is missing', async () => {
    const { given } = await arrive()
    expect(await refused(changed(given, (query) => query.delete('authRequestID')))).toMatch(/missing/)
    expect(await refused(changed(given, (query) => query.delete('userAgentID')))).toMatch(/missing/)
  })

  test('is 400 when it was changed, or belongs to another', async () => {
    const { given } = await arrive()
    const { given: other } = await arrive()
    const sealed = given.get('userAgentID')!
    for (const tampered of [
      `${sealed.slice(0, -4)}AAAA`,
      sealed.slice(1),
      'x',
      `${sealed}.`,
      other.get('userAgentID')!,
    ]) {
      expect(await refused(changed(given, (query) => query.set('userAgentID', tampered)))).toMatch(/changed/)
    }
    expect((await callback(given, token())).status).toBe(302)
  })

  test('is good once, whatever came of it', async () => {
    const { given } = await arrive()
    expect((await callback(given, token())).status).toBe(302)
    expect(await refused(given)).toMatch(/used already/)
    const { given: second } = await arrive()
    expect((await callback(second, 'no token')).headers.get('location')).toContain('token_malformed')
    expect(await refused(second)).toMatch(/used already/)
  })

  test('is good for one of many callers at the same moment', async () => {
    const { given } = await arrive()
    const answers = await Promise.all(Array.from({ length: 8 }, () => callback(given, token())))
    expect(answers.filter(({ status }) => status === 302)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 400)).toHaveLength(7)
  })

  test('is good for ten minutes', async () => {
    const { given } = await arrive()
    const id = given.get('authRequestID')!
    const { createdAt, expiresAt } = await here.db.signInIntent.findUniqueOrThrow({ where: { id } })
    expect(expiresAt.getTime() - createdAt.getTime()).toBe(600_000)
    await here.db.signInIntent.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1) } })
    expect(await refused(given)).toMatch(/too old/)
  })

  test('ends with its provider', async () => {
    const id = await provider()
    const { given } = await arrive(id)
    await here.admin.delete(`/admin/v1/idps/${id}`)
    await refused(given)
  })

  test('of another installation is 400', async () => {
    const other = await install({ KEYBOUND_SECRET: 'another secret for tests, known to everybody' })
    try {
      const { given } = await arrive()
      const answer = await fetch(`${other.keybound.baseUrl}/idps/jwt?${given}`, { redirect: 'manual' })
      expect(answer.status).toBe(400)
    } finally {
      await other.stop()
    }
  })
})

describe('the last step', () => {
  test('is for the browser that began, and once', async () => {
    const { browser, given } = await arrive()
    const finish = (await callback(given, token())).headers.get('location')!
    const thief = createBrowser()
    expect((await thief.open(finish)).trail.at(-1)!.search).toBe('?reason=browser_differs')
    expect(await sessionOf(thief)).toBeNull()
    // A browser with a sign-in of its own under way is no better.
    const { browser: other } = await arrive()
    expect((await other.open(finish)).trail.at(-1)!.search).toBe('?reason=browser_differs')
    await browser.open(finish)
    expect(await sessionOf(browser)).not.toBeNull()
    const again = await browser.open(finish)
    expect(again.trail.at(-1)!.search).toBe('?reason=sign_in_state')
  })

  test('wants the secret of the step before', async () => {
    const { browser, given } = await arrive()
    const finish = new URL((await callback(given, token())).headers.get('location')!)
    finish.searchParams.set('token', 'A'.repeat(43))
    expect((await browser.open(finish.href)).trail.at(-1)!.search).toBe('?reason=sign_in_state')
    expect((await browser.open(url('/idps/finish'))).trail.at(-1)!.search).toBe('?reason=sign_in_state')
    expect(await sessionOf(browser)).toBeNull()
  })

  test('two tabs of one browser may sign in side by side', async () => {
    const { browser, given } = await arrive()
    const second = new URL((await browser.fetch(url(`/idps/start/${providerId}`))).headers.get('location')!)
    const one = (await callback(given, token())).headers.get('location')!
    const two = (await callback(second.searchParams, token())).headers.get('location')!
    expect((await browser.open(one)).trail.at(-1)!.search).toBe('')
    expect((await browser.open(two)).trail.at(-1)!.search).toBe('')
  })
})

describe('intents: the same for another application', () => {
  const urls = { successUrl: 'https://app.example/in?tab=1', failureUrl: 'https://app.example/out' }
  const begin = async (idpId = providerId) => {
    const { status, text, body } = await here.admin.post('/v2/idp_intents', { idpId, urls })
    expect(status, text).toBe(200)
    return body as { authUrl: string; details: unknown }
  }
  const through = async (withToken: string) => {
    const { authUrl } = await begin()
    const answer = await callback(new URL(authUrl).searchParams, withToken)
    return new URL(answer.headers.get('location')!)
  }
  const retrieve = (back: URL, idpIntentToken = back.searchParams.get('token')) =>
    here.admin.post(`/v2/idp_intents/${back.searchParams.get('id')}`, { idpIntentToken })

  test('the application learns who signed in, once', async () => {
    const { details } = await begin()
    expect(details).toMatchObject({ sequence: expect.any(String), resourceOwner: here.organizationId })
    const back = await through(token({ sub: 'remote', preferred_username: 'remote-user' }))
    expect(back.href).toMatch(/^https:\/\/app\.example\/in\?tab=1&id=.+&token=[\w-]{43}$/)
    const answer = await retrieve(back)
    expect(answer.status, answer.text).toBe(200)
    expect(answer.body).toEqual({
      details: expect.anything(),
      idpInformation: {
        idpId: providerId,
        userId: 'remote',
        userName: 'remote-user',
        rawInformation: expect.objectContaining({ iss: keys.origin, sub: 'remote' }),
      },
    })
    const again = await retrieve(back)
    expect({ status: again.status, code: again.body.code }).toEqual({ status: 400, code: 9 })
    expect(again.body.message).toMatch(/consumed/)
    expect(await here.db.userLink.count({ where: { subject: 'remote' } })).toBe(0)
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
    expect(back.searchParams.get('error_description')).not.toContain(keys.origin)
    const answer = await retrieve(back, 'A'.repeat(43))
    expect({ status: answer.status, code: answer.body.code }).toEqual({ status: 400, code: 9 })
  })

  test('another token, an unknown intent and an unfinished one are refused', async () => {
    const back = await through(token())
    expect((await retrieve(back, 'A'.repeat(43))).status).toBe(403)
    expect((await retrieve(back)).status).toBe(200)
    const { authUrl } = await begin()
    const id = new URL(authUrl).searchParams.get('authRequestID')
    expect((await here.admin.post(`/v2/idp_intents/${id}`, { idpIntentToken: 'x' })).body.code).toBe(9)
    const unknown = await here.admin.post(`/v2/idp_intents/${crypto.randomUUID()}`, { idpIntentToken: 'x' })
    expect({ status: unknown.status, code: unknown.body.code }).toEqual({ status: 404, code: 5 })
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

  test('wrong beginnings are refused', async () => {
    const post = (body: unknown) => here.admin.post('/v2/idp_intents', body)
    expect((await here.nobody.post('/v2/idp_intents', {})).status).toBe(401)
    expect((await (await here.actor('no-access')).client.post('/v2/idp_intents', {})).status).toBe(403)
    expect((await post({ idpId: providerId })).status).toBe(400)
    expect((await post({ idpId: providerId, urls: { ...urls, successUrl: 'javascript:alert(1)' } })).status).toBe(400)
    expect((await post({ idpId: crypto.randomUUID(), urls })).status).toBe(404)
    const id = await provider()
    await here.admin.post(`/admin/v1/idps/${id}/_deactivate`)
    expect((await post({ idpId: id, urls })).body.code).toBe(9)
  })

  test('a provider is read in the words of the second version', async () => {
    const { body } = await here.admin.get(`/v2/idps/${providerId}`)
    expect(body.idp).toMatchObject({
      id: providerId,
      type: 'IDP_TYPE_JWT',
      state: 'IDP_STATE_ACTIVE',
      config: { options: { isCreationAllowed: true, isAutoCreation: true }, jwt: { issuer: keys.origin } },
    })
    expect((await here.admin.get(`/v2/idps/${crypto.randomUUID()}`)).status).toBe(404)
  })
})

test('the OpenAPI document has all of it', async () => {
  const { body } = await here.nobody.get('/api/openapi.json')
  const paths = ['/admin/v1/idps/{idpId}/jwt_config', '/management/v1/idps/templates/_search', '/idps/jwt']
  expect(Object.keys(body.paths)).toEqual(expect.arrayContaining([...paths, '/v2/idp_intents/{idpIntentId}']))
})
