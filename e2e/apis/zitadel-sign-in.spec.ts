import { describe, expect, test } from 'vitest'
import { toTrace } from '@/lib/db/stored-trace'
import { createBrowser } from '../peers/browser'
import { startJwksServer } from '../peers/jwks-server'
import { createIssuer, hmacToken, now } from './issuer'
import { published, useFlow } from './zitadel-flow'

const flow = useFlow()
const { provider, token, url, signIn, arrive, callback, decision } = flow

describe('a sign-in', () => {
  test('the browser goes to the gateway with what it was given, and ends signed in with the role no-access', async () => {
    const sub = `happy ${crypto.randomUUID()}`
    const { browser, trail, session } = await signIn(token({ sub, name: 'Grace Hopper' }))
    const [, atGateway, finish, inside] = trail
    expect(`${atGateway!.origin}${atGateway!.pathname}`).toBe(new URL(flow.gateway.jwtEndpoint).href.split('?')[0])
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
    expect(await flow.here.db.userLink.count({ where: { subject: sub } })).toBe(1)
  })

  test('a role an admin has raised is kept', async () => {
    const sub = `raised ${crypto.randomUUID()}`
    const { session } = await signIn(token({ sub }))
    await flow.here.admin.call('PATCH', `/api/admin/members/${session.user.id}`, { role: 'auditor' })
    expect((await signIn(token({ sub }))).session.role).toBe('auditor')
  })

  test('the decision is kept with the whole trace, and the acts are in the audit', async () => {
    const sub = `traced ${crypto.randomUUID()}`
    await signIn(token({ sub }))
    const kept = await flow.here.db.decision.findFirstOrThrow({ where: { subject: sub } })
    expect(kept).toMatchObject({ method: 'sign-in', accepted: true, trustId: flow.providerId, identityId: null })
    const checks = toTrace(kept.trace, null).map(({ id }) => id)
    expect(checks).toEqual(expect.arrayContaining(['signature', 'iss', 'sub', 'exp', 'iat', 'age', 'grant']))
    const added = await flow.here.db.auditEntry.findFirstOrThrow({
      where: { action: 'member.added', requestId: kept.id },
    })
    expect(added.after).toContain(sub)
    const started = await flow.here.db.auditEntry.findFirst({
      where: { action: 'session.started', targetId: added.targetId },
    })
    expect(started?.organizationId).toBe(flow.here.organizationId)
  })

  test.each(['POST', 'PUT', 'PATCH', 'DELETE'])('a gateway may call back with %s', async (method) => {
    flow.gateway.method = method
    expect((await signIn(token())).session).not.toBeNull()
  })

  test('a "Bearer " before the token is removed, in any spelling', async () => {
    expect((await signIn(`Bearer ${token()}`)).session).not.toBeNull()
    expect((await signIn(`bearer ${token()}`)).last.searchParams.get('reason')).toBe('token_malformed')
    // Blanks around the token itself count as little as elsewhere; the word alone brings none.
    expect((await signIn(`Bearer  \t${token()} `)).session).not.toBeNull()
    expect((await signIn('Bearer ')).last.searchParams.get('reason')).toBe('token_header_missing')
  })

  test('without a header name the token is in Authorization', async () => {
    const id = await provider({ headerName: '' })
    flow.gateway.headerName = 'authorization'
    expect((await signIn(`Bearer ${token()}`, id)).session).not.toBeNull()
  })

  test('an audience that is asked for may be one of several', async () => {
    const id = await provider({ audience: 'keybound' })
    expect((await signIn(token({ aud: ['other', 'keybound'] }), id)).session).not.toBeNull()
    expect((await signIn(token({ aud: 'keybound' }), id)).session).not.toBeNull()
  })

  test('a rotated key is accepted without a restart', async () => {
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
    flow.gateway.token = token()
    for (const [next, path] of [
      ['/activity?outcome=refused', '/activity?outcome=refused'],
      ['//evil.example/', '/'],
      ['/\\evil.example', '/'],
      ['https://evil.example/', '/'],
    ] as const) {
      const browser = createBrowser()
      const { trail } = await browser.open(url(`/idps/start/${flow.providerId}?next=${encodeURIComponent(next)}`))
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
    const intents = JSON.stringify(await flow.here.db.signInIntent.findMany())
    for (const secret of secrets) {
      expect(await flow.here.holds(secret)).toBe(false)
      expect(intents).not.toContain(secret)
      expect(flow.here.keybound.logs()).not.toContain(secret)
    }
  })
})

describe('a refusal is explained and recorded', () => {
  const stranger = createIssuer('ES256')

  test.each([
    ['no header', () => null, 'token_header_missing', 'token.shape'],
    ['no token', () => 'hello', 'token_malformed', 'token.shape'],
    ['another issuer', () => token({ iss: 'https://other.example' }), 'issuer_mismatch', 'iss'],
    ['an issuer with a slash more', () => token({ iss: `${flow.keys.origin}/` }), 'issuer_mismatch', 'iss'],
    [
      'a foreign key',
      () => stranger.token({ iss: flow.keys.origin }, { kid: flow.kid }),
      'signature_invalid',
      'signature',
    ],
    ['an unknown kid', () => token({}, { kid: 'unknown' }), 'key_not_found', 'keys.kid'],
    ['an expired token', () => token({ iat: now() - 600, exp: now() - 120 }), 'token_expired', 'exp'],
    ['no exp', () => token({ exp: undefined }), 'expiry_missing', 'exp'],
    ['no iat', () => token({ iat: undefined }), 'issued_at_missing', 'age'],
    ['an iat 60 s ahead', () => token({ iat: now() + 60 }), 'token_issued_in_future', 'iat'],
    ['an iat 61 min old', () => token({ iat: now() - 3660 }), 'token_too_old', 'age'],
    ['an nbf ahead', () => token({ nbf: now() + 120 }), 'token_not_yet_valid', 'nbf'],
    [
      'HS256 with the public key',
      () => hmacToken(flow.issuer.pem, { kid: flow.kid }),
      'algorithm_not_allowed',
      'header.alg',
    ],
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
    expect(kept).toMatchObject({ method: 'sign-in', accepted: false, reason, checkId: check, trustId: flow.providerId })
    expect(toTrace(kept.trace, null).length).toBeGreaterThan(0)
    const audited = await flow.here.db.auditEntry.findFirst({
      where: { action: 'session.refused', requestId: kept.id },
    })
    expect(audited?.after).toContain(reason)
  })

  test('no audience, or another, where one is asked for', async () => {
    const id = await provider({ audience: 'keybound' })
    const absent = await signIn(token({ aud: undefined }), id)
    expect(absent.last.search).toContain('reason=claim_missing&check=aud')
    expect((await signIn(token({ aud: 'other' }), id)).last.search).toContain('reason=audience_mismatch&check=aud')
    expect(absent.session).toBeNull()
  })

  test('a new person, where the provider adds no people', async () => {
    const id = await provider({ providerOptions: {} })
    const { last, session } = await signIn(token(), id)
    expect(last.search).toContain('reason=user_unknown')
    expect(session).toBeNull()
    expect(await flow.here.db.userLink.count({ where: { trustId: id } })).toBe(0)
  })

  test('an email address claim does not match an existing person', async () => {
    const before = await flow.here.db.user.count()
    const claims = { sub: `impostor ${crypto.randomUUID()}`, email: 'ada@example.com', email_verified: true }
    const { session } = await signIn(token(claims))
    expect(session).toMatchObject({ role: 'no-access' })
    expect(session.user.email).not.toBe('ada@example.com')
    expect(await flow.here.db.user.count()).toBe(before + 1)
  })
})
