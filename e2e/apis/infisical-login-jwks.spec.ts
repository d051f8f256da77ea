import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type JwksServer, type SigningKey, startJwksServer } from '../peers/jwks-server'
import { createAuthority, createSelfSigned } from '../peers/tls-authority'
import { createClient } from './client'
import { attached, expectEnvelope, type Installation, install, jwtAuthPath, login } from './installation'
import { createIssuer } from './issuer'

let here: Installation
const servers: JwksServer[] = []
beforeAll(async () => {
  here = await install({ KEY_FETCH_ALLOWED_ORIGINS: '127.0.0.0/8' })
})
afterAll(async () => {
  await here.stop()
  await Promise.all(servers.map((server) => server.stop()))
})

const peer = async (options: Parameters<typeof startJwksServer>[0] = {}) => {
  const server = await startJwksServer(options)
  servers.push(server)
  return server
}

const signed = (key: SigningKey, header: Record<string, unknown> = {}) => {
  const publicKey = createIssuer().publicKey
  return createIssuer('ES256', { privateKey: key.privateKey, publicKey }).token({}, { kid: key.kid, ...header })
}

const authority = createAuthority()
const secure = () => peer({ tls: authority.issue() })
const attachedTo = (server: JwksServer, more: object = {}) =>
  attached(here, { jwksUrl: server.jwksUrl, jwksCaCert: authority.cert, ...more })

/** 503 with when to come again, and a decision that was refused for the source. */
async function expectUnavailable(id: string, token: string, message: RegExp, reason: string) {
  const before = await here.rows()
  const answer = await login(here.anonymous, id, token)
  expectEnvelope(answer, { status: 503, error: 'ServiceUnavailable' })
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(answer.body.message).toMatch(message)
  expect(await here.rows()).toEqual({ ...before, decision: before.decision! + 1 })
  const decision = await here.admin.get(`/api/admin/decisions/${answer.body.reqId}`)
  expect(decision.body).toMatchObject({ accepted: false, checkId: 'keys.source', reason })
  return answer
}

describe('keys from a URL', () => {
  test('over TLS with its own CA they verify a login', async () => {
    const server = await secure()
    const key = server.rotate()
    const id = await attachedTo(server)
    expect((await login(here.anonymous, id, signed(key))).status).toBe(200)
  })

  test('many logins, one after another and at once, cause one fetch', async () => {
    const server = await secure()
    const key = server.rotate()
    const id = await attachedTo(server)
    const answers = await Promise.all(Array.from({ length: 10 }, () => login(here.anonymous, id, signed(key))))
    for (let more = 0; more < 5; more++) answers.push(await login(here.anonymous, id, signed(key)))
    expect(answers.map(({ status }) => status)).toEqual(Array(15).fill(200))
    expect(server.hits).toBe(1)
  })

  test('a key rotated in is found by its unknown kid, with one more fetch', async () => {
    const server = await secure()
    const old = server.rotate()
    const id = await attachedTo(server)
    expect((await login(here.anonymous, id, signed(old))).status).toBe(200)
    const fresh = server.rotate({ keepOld: true })
    expect((await login(here.anonymous, id, signed(fresh))).status).toBe(200)
    expect(server.hits).toBe(2)
  })

  test('an unknown kid is 401, and a second request with it does not fetch', async () => {
    const server = await secure()
    const key = server.rotate()
    const id = await attachedTo(server)
    for (let attempt = 0; attempt < 4; attempt++) {
      const answer = await login(here.anonymous, id, signed(key, { kid: `none-${attempt}` }))
      expectEnvelope(answer, { status: 401, error: 'UnauthorizedError' })
      expect(answer.headers.get('x-keybound-reason')).toBe('key_not_found')
    }
    expect(server.hits).toBeLessThanOrEqual(2)
  })

  test('the last good set serves when the host dies, and an unknown kid is then 503 or 401, never 200', async () => {
    const server = await secure()
    const key = server.rotate()
    server.headers = { 'cache-control': 'max-age=0' }
    const id = await attachedTo(server)
    expect((await login(here.anonymous, id, signed(key))).status).toBe(200)
    await server.stop()
    for (let again = 0; again < 3; again++) expect((await login(here.anonymous, id, signed(key))).status).toBe(200)
    const stranger = createIssuer().token({}, { kid: 'x' })
    expect([401, 503]).toContain((await login(here.anonymous, id, stranger)).status)
  })

  test('a token without a kid is tried against the keys there are', async () => {
    const server = await secure()
    const key = server.rotate()
    const id = await attachedTo(server)
    expect((await login(here.anonymous, id, signed(key, { kid: undefined }))).status).toBe(200)
  })
})

describe('an unusable source', () => {
  test('unreachable: 503 that says so, and what to check', async () => {
    const server = await secure()
    const key = server.rotate()
    const id = await attachedTo(server)
    await server.stop()
    await expectUnavailable(id, signed(key), /cannot be reached.*reachable from the server/, 'key_source_unavailable')
  })

  test('unknown CA: 503 that names the certificate, and 200 with the CA given', async () => {
    const server = await secure()
    const key = server.rotate()
    const id = await attached(here, { jwksUrl: server.jwksUrl })
    await expectUnavailable(id, signed(key), /certificate.*CA certificate/i, 'key_source_tls')
    expect(server.requests).toEqual([])
    const patched = await here.admin.patch(jwtAuthPath(id), { jwksCaCert: authority.cert })
    expect(patched.status, patched.text).toBe(200)
    expect((await login(here.anonymous, id, signed(key))).status).toBe(200)
  })

  test('self-signed: 503 without its certificate, 200 with it', async () => {
    const tls = createSelfSigned()
    const server = await peer({ tls })
    const key = server.rotate()
    const id = await attached(here, { jwksUrl: server.jwksUrl })
    await expectUnavailable(id, signed(key), /self-signed.*CA certificate/i, 'key_source_tls')
    await here.admin.patch(jwtAuthPath(id), { jwksCaCert: tls.cert })
    const answer = await login(here.anonymous, id, signed(key))
    expect(answer.status, answer.text).toBe(200)
  })

  test('another authority’s certificate: 503', async () => {
    const server = await secure()
    const key = server.rotate()
    const id = await attached(here, { jwksUrl: server.jwksUrl, jwksCaCert: createAuthority('Another').cert })
    await expectUnavailable(id, signed(key), /certificate/i, 'key_source_tls')
  })

  test('a certificate for another name, and an expired one: 503', async () => {
    for (const tls of [
      authority.issue({ names: ['elsewhere.example'] }),
      authority.issue({ notBefore: new Date(Date.now() - 9e8), notAfter: new Date(Date.now() - 1e6) }),
    ]) {
      const server = await peer({ tls })
      const id = await attachedTo(server)
      await expectUnavailable(id, signed(server.rotate()), /certificate/i, 'key_source_tls')
    }
  })

  test.each([
    'redirect',
    'huge-declared',
    'huge',
    'endless',
    'gzip-bomb',
    'bad-json',
    'duplicate-members',
    'status-500',
    'html',
    'not-http',
    'hang-up',
    'empty',
  ] as const)('%s: 503, quickly, and the server lives on', async (mode) => {
    const server = await secure()
    const key = server.rotate()
    server.mode = mode
    server.redirectTo = 'http://169.254.169.254/latest/meta-data/'
    const id = await attachedTo(server)
    const token = signed(key)
    if (mode === 'html') {
      // A key set under a wrong content type is still a key set, or is refused; it is no crash.
      expect([401, 503]).toContain((await login(here.anonymous, id, token)).status)
    } else {
      await expectUnavailable(id, token, /./, 'key_source_unavailable')
    }
    expect(server.bytesSent).toBeLessThan(16 * 1024 * 1024)
    expect((await here.anonymous.get('/api/status')).status).toBe(200)
  })

  test('a redirect to another address of this machine is not followed', async () => {
    const inner = await peer()
    const key = inner.rotate()
    const outer = await secure()
    outer.mode = 'redirect'
    outer.redirectTo = inner.jwksUrl
    const id = await attachedTo(outer)
    await expectUnavailable(id, signed(key), /redirect/i, 'key_source_unavailable')
    expect(inner.requests).toEqual([])
  })

  test('a key in the set that is private or symmetric is never used', async () => {
    const server = await secure()
    const key = server.rotate()
    server.keys = [{ ...key.jwk, ...key.privateKey.export({ format: 'jwk' }) }]
    const id = await attachedTo(server)
    const answer = await login(here.anonymous, id, signed(key))
    expectEnvelope(answer, { status: 401, error: 'UnauthorizedError' })
    expect(answer.headers.get('x-keybound-reason')).toBe('key_unusable')
    const secret = String(key.privateKey.export({ format: 'jwk' }).d)
    expect(await here.holds(secret)).toBe(false)
    expect(here.keybound.logs()).not.toContain(secret)
  })
})

describe('without KEY_FETCH_ALLOWED_ORIGINS', () => {
  let closed: Installation
  beforeAll(async () => {
    closed = await install()
  })
  afterAll(() => closed.stop())

  test.each([
    ['a private address', (server: JwksServer) => server.jwksUrl],
    ['a name of this machine', (server: JwksServer) => `https://localhost:${server.port}/jwks.json`],
    ['an address in disguise', (server: JwksServer) => `https://2130706433:${server.port}/jwks.json`],
    ['a mapped address', (server: JwksServer) => `https://[::ffff:127.0.0.1]:${server.port}/jwks.json`],
    ['the cloud’s metadata', () => 'http://169.254.169.254/latest/meta-data/'],
    ['plain http', (server: JwksServer) => `http://127.0.0.1:${server.port}/jwks.json`],
  ])('%s is not asked', async (_, urlOf) => {
    const server = await secure()
    const key = server.rotate()
    const id = await attached(closed, { jwksUrl: urlOf(server), jwksCaCert: authority.cert })
    const answer = await login(createClient(closed.keybound.baseUrl), id, signed(key))
    expectEnvelope(answer, { status: 503, error: 'ServiceUnavailable' })
    expect(server.requests).toEqual([])
    expect(answer.text).not.toContain('127.0.0.1')
  })

  test('the look-up of the form is blocked as well', async () => {
    const server = await secure()
    const source = { kind: 'jwks-url', url: server.jwksUrl, caCert: authority.cert }
    const answer = await closed.admin.post('/api/admin/keys/lookup', { source, fresh: true })
    expect(answer.status).toBe(200)
    expect(answer.body.keySet).toMatchObject({ status: 'unavailable', reason: 'address-refused' })
    expect(server.requests).toEqual([])
  })
})
