import { createHash, randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseUnderTest } from '../fixtures/keybound'
import { attached, expectEnvelope, type Installation, install, login } from './installation'
import { createIssuer, now, segment, usualClaims } from './issuer'

let here: Installation
let id: string
const issuer = createIssuer()
const bound = {
  boundIssuer: 'https://issuer.example',
  boundAudiences: 'keybound, other-*',
  boundSubject: 'build-*',
  boundClaims: { 'secret.path': 'bound-value-kept-secret' },
}
const fitting = { secret: { path: 'bound-value-kept-secret' } }

beforeAll(async () => {
  here = await install()
  id = await attached(here, { publicKeys: [issuer.pem], ...bound, accessTokenTTL: 600, accessTokenMaxTTL: 1200 })
})
afterAll(() => here.stop())

const decisionOf = async (reqId: string) => {
  const answer = await here.admin.get(`/api/admin/decisions/${reqId}`)
  expect(answer.status, answer.text).toBe(200)
  return answer.body
}

describe('accepted', () => {
  test('a valid token is exchanged for an access token', async () => {
    const answer = await login(here.anonymous, id, issuer.token(fitting))
    expect(answer.status, answer.text).toBe(200)
    expect(answer.body).toEqual({
      accessToken: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      expiresIn: 600,
      accessTokenMaxTTL: 1200,
      tokenType: 'Bearer',
    })
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  test.each([
    ['an audience in a list', { aud: ['elsewhere', 'keybound'] }],
    ['an audience by pattern', { aud: 'other-service' }],
  ])('%s is fine', async (_, claims) => {
    expect((await login(here.anonymous, id, issuer.token({ ...fitting, ...claims }))).status).toBe(200)
  })

  test('organizationSlug is taken', async () => {
    const body = { identityId: id, jwt: issuer.token(fitting), organizationSlug: 'acme' }
    expect((await here.anonymous.post('/api/v1/auth/jwt-auth/login', body)).status).toBe(200)
  })

  test('the decision and the last login are recorded', async () => {
    const token = issuer.token(fitting)
    const answer = await login(here.anonymous, id, token)
    const decision = await decisionOf(answer.headers.get('x-request-id') ?? '')
    expect(decision).toMatchObject({
      accepted: true,
      identityId: id,
      reason: null,
      tokenSha256: createHash('sha256').update(token).digest('hex'),
      subject: 'build-agent',
      issuer: 'https://issuer.example',
    })
    expect(decision.accessTokenId).toMatch(/^[0-9a-f-]{36}$/)
    const { identity } = (await here.admin.get(`/api/v1/identities/${id}`)).body
    expect(identity.lastLoginAuthMethod).toBe('jwt-auth')
    expect(Date.parse(identity.lastLoginTime)).toBeGreaterThan(Date.now() - 60_000)
  })
})

describe('refused: the status of each cause in docs/verification.md', () => {
  const stranger = createIssuer()
  const elsewhere = createIssuer('RS256')
  const rows: [string, () => string, { status: number; error: string }, string][] = [
    ['what is no token', () => 'not-a-token', { status: 401, error: 'UnauthorizedError' }, 'token.shape'],
    ['two segments', () => 'eyJhbGciOiJFUzI1NiJ9.e30', { status: 401, error: 'UnauthorizedError' }, 'token.shape'],
    ['another’s signature', () => stranger.token(fitting), { status: 401, error: 'UnauthorizedError' }, 'signature'],
    [
      'claims changed after signing',
      () => {
        const [header, , signature] = issuer.token(fitting).split('.')
        return `${header}.${segment(JSON.stringify({ ...usualClaims(), ...fitting, sub: 'build-root' }))}.${signature}`
      },
      { status: 401, error: 'UnauthorizedError' },
      'signature',
    ],
    ['expired', () => issuer.token({ ...fitting, exp: now() - 1 }), { status: 401, error: 'UnauthorizedError' }, 'exp'],
    ['no exp', () => issuer.token({ ...fitting, exp: undefined }), { status: 401, error: 'UnauthorizedError' }, 'exp'],
    [
      'not yet valid',
      () => issuer.token({ ...fitting, nbf: now() + 300 }),
      { status: 401, error: 'UnauthorizedError' },
      'nbf',
    ],
    [
      'an algorithm that the trust does not allow',
      () => `${segment('{"alg":"none"}')}.${segment(JSON.stringify({ ...usualClaims(), ...fitting }))}.`,
      { status: 401, error: 'UnauthorizedError' },
      'header.alg',
    ],
    [
      'no static key of that kind',
      () => elsewhere.token(fitting),
      { status: 401, error: 'UnauthorizedError' },
      'keys.usable',
    ],
    [
      'another issuer',
      () => issuer.token({ ...fitting, iss: 'https://issuer.example/' }),
      { status: 403, error: 'ForbiddenError' },
      'iss',
    ],
    ['no issuer', () => issuer.token({ ...fitting, iss: undefined }), { status: 403, error: 'ForbiddenError' }, 'iss'],
    ['another audience', () => issuer.token({ ...fitting, aud: 'x' }), { status: 403, error: 'ForbiddenError' }, 'aud'],
    ['an empty audience', () => issuer.token({ ...fitting, aud: [] }), { status: 403, error: 'ForbiddenError' }, 'aud'],
    [
      'no audience',
      () => issuer.token({ ...fitting, aud: undefined }),
      { status: 403, error: 'ForbiddenError' },
      'aud',
    ],
    ['another subject', () => issuer.token({ ...fitting, sub: 'x' }), { status: 403, error: 'ForbiddenError' }, 'sub'],
    [
      'another value of a bound claim',
      () => issuer.token({ secret: { path: 'x' } }),
      { status: 403, error: 'ForbiddenError' },
      'claim:secret.path',
    ],
    ['no bound claim', () => issuer.token(), { status: 403, error: 'ForbiddenError' }, 'claim:secret.path'],
  ]

  test.each(rows)('%s', async (_, tokenOf, expected, checkId) => {
    const token = tokenOf()
    const before = await here.rows()
    const answer = await login(here.anonymous, id, token)
    expectEnvelope(answer, expected)

    // Nothing but the decision was written.
    expect(await here.rows()).toEqual({ ...before, decision: (before.decision ?? 0) + 1 })
    // What the trust is bound to is not told.
    for (const value of ['bound-value-kept-secret', 'other-*', 'build-*', 'https://issuer.example"']) {
      expect(answer.text).not.toContain(value)
    }
    // The owner finds every check under the id.
    const decision = await decisionOf(answer.body.reqId)
    expect(decision).toMatchObject({ id: answer.body.reqId, accepted: false, identityId: id, checkId })
    expect(decision.reason).toMatch(/^[a-z_]+$/)
    const ids = decision.trace.map((check: { id: string }) => check.id)
    expect(ids[0]).toBe('token.shape')
    for (const every of [
      'header.alg',
      'signature',
      'iss',
      'aud',
      'sub',
      'exp',
      'nbf',
      'iat',
      'claim:secret.path',
      'grant',
    ]) {
      expect(ids).toContain(every)
    }
    const decisive = decision.trace.find((check: { id: string }) => check.id === checkId)
    expect(decisive).toMatchObject({ status: 'fail', reason: decision.reason })
    expect(answer.headers.get('x-keybound-reason')).toBe(decision.reason)
    // Neither the token nor its signature is kept or logged.
    const signature = token.split('.')[2] ?? ''
    for (const secret of [token, ...(signature.length > 20 ? [signature] : [])]) {
      if (secret.length < 20) continue
      expect(await here.holds(secret)).toBe(false)
      expect(here.keybound.logs()).not.toContain(secret)
      expect(answer.text).not.toContain(secret)
    }
    expect(decision.tokenSha256).toBe(createHash('sha256').update(token).digest('hex'))
  })

  test('the answers for an unknown identity and for one without the method differ only in the id', async () => {
    const other = await here.identity()
    const answers = [
      await login(here.anonymous, randomUUID(), issuer.token()),
      await login(here.anonymous, other, issuer.token()),
      await login(here.anonymous, await here.stranger(), issuer.token()),
      await login(here.anonymous, 'no-id-at-all', issuer.token()),
    ]
    const bodies = answers.map((answer) => {
      expectEnvelope(answer, { status: 404, error: 'NotFound' })
      return { ...answer.body, reqId: '' }
    })
    for (const body of bodies) expect(body).toEqual(bodies[0])
    expect(await decisionOf(answers[1]!.body.reqId)).toMatchObject({
      identityId: other,
      reason: 'method_not_configured',
    })
  })

  test.each<[string, unknown, string[]]>([
    ['nothing', {}, ['identityId', 'jwt']],
    ['wrong types', { identityId: 1, jwt: null }, ['identityId', 'jwt']],
    ['empty texts', { identityId: '', jwt: '' }, ['identityId', 'jwt']],
    ['an unknown field', { identityId: 'a', jwt: 'b', token: 'c' }, ['token']],
    ['zero characters', { identityId: 'a\u0000', jwt: 'b\u0000' }, ['identityId', 'jwt']],
    ['an endless token', { identityId: 'a', jwt: 'x'.repeat(100_001) }, ['jwt']],
  ])('a body with %s is 422, and no decision is made', async (_, body, wrong) => {
    const before = await here.rows()
    const answer = await here.anonymous.post('/api/v1/auth/jwt-auth/login', body)
    expectEnvelope(answer, { status: 422, error: 'ValidationFailure' })
    expect(answer.body.message.map((issue: { path: string[] }) => issue.path.join('.')).sort()).toEqual(wrong)
    expect(await here.rows()).toEqual(before)
  })

  test('a disabled trust is answered like a missing one', async () => {
    const off = await attached(here, { publicKeys: [issuer.pem] })
    await here.db.trust.updateMany({ where: { identityId: off }, data: { enabled: false } })
    expectEnvelope(await login(here.anonymous, off, issuer.token()), { status: 404, error: 'NotFound' })
  })

  test('after many refusals an address must wait, on that identity only', async () => {
    const target = await attached(here, { publicKeys: [issuer.pem] })
    const other = await attached(here, { publicKeys: [issuer.pem] })
    const statuses: number[] = []
    for (let attempt = 0; attempt < 200 && statuses.at(-1) !== 429; attempt++) {
      statuses.push((await login(here.anonymous, target, stranger.token())).status)
    }
    expect(new Set(statuses)).toEqual(new Set([401, 429]))
    const before = await here.rows()
    const answer = await login(here.anonymous, target, issuer.token())
    expectEnvelope(answer, { status: 429, error: 'RateLimitExceeded' })
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await here.rows()).toEqual(before)
    expect((await login(here.anonymous, other, issuer.token())).status).toBe(200)
  })
})

describe('the owner’s view of a hostile token', () => {
  test('claims about a person and credentials are masked, and nothing in a claim breaks the record', async () => {
    const open = await attached(here, { publicKeys: [issuer.pem], boundIssuer: 'https://issuer.example' })
    const inner = createIssuer().token()
    const token = issuer.token({
      iss: 'zero \u0000 character',
      sub: inner,
      email: 'ada.lovelace@example.com',
      pasted: inner,
      nested: { token: inner, list: [inner] },
      lone: '😀'.repeat(400),
    })
    const answer = await login(here.anonymous, open, token)
    expectEnvelope(answer, { status: 403, error: 'ForbiddenError' })
    const decision = await decisionOf(answer.body.reqId)
    expect(decision.claims.email).toBe('a•••@example.com')
    expect(JSON.stringify(decision)).not.toContain(inner)
    expect(JSON.stringify(decision)).not.toContain('ada.lovelace')
    expect(await here.holds(inner)).toBe(false)
    const found = await here.admin.get(`/api/admin/decisions?search=${answer.body.reqId}`)
    expect(found.body.decisions).toHaveLength(1)
  })

  test('the database holds no token, neither the login token nor the access token', async () => {
    const token = issuer.token(fitting)
    const { accessToken } = (await login(here.anonymous, id, token)).body
    expect(await isKept('build-agent')).toBe(true)
    for (const secret of [token, token.split('.')[2], accessToken, accessToken.split('.')[2]]) {
      expect(await isKept(secret)).toBe(false)
    }
  })

  /** Looks into SQLite's files byte for byte, deleted rows and all, and into every row of PostgreSQL. */
  const isKept = async (text: string) => {
    if (databaseUnderTest() === 'postgresql') return here.holds(text)
    const file = here.keybound.databaseUrl.slice('file:'.length)
    const bytes = await Promise.all([file, `${file}-wal`].map((name) => readFile(name).catch(() => Buffer.of())))
    return bytes.some((part) => part.includes(text))
  }

  test('an unknown decision is 404', async () => {
    for (const reqId of ['req-AAAAAAAAAAAAAA', 'x', '%00']) {
      expect((await here.admin.get(`/api/admin/decisions/${reqId}`)).status).toBe(404)
    }
  })
})
