import { afterAll, beforeAll, expect, test } from 'vitest'
import { type JwksServer, type SigningKey, startJwksServer } from '../peers/jwks-server'
import { createAuthority } from '../peers/tls-authority'
import { attached, type Installation, install, login } from './installation'
import { createIssuer } from './issuer'

/* Key sources that misbehave or rotate in silence, and what a login makes of it. */

const authority = createAuthority()
let here: Installation
const stops: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  here = await install({ KEY_FETCH_ALLOWED_ORIGINS: '127.0.0.0/8' })
})
afterAll(async () => {
  await here.stop()
  await Promise.all(stops.map((stop) => stop()))
})

const startServer = async (): Promise<JwksServer> => {
  const server = await startJwksServer({ tls: authority.issue() })
  stops.push(server.stop)
  return server
}
const signed = (key: SigningKey, header: Record<string, unknown> = {}) =>
  createIssuer('ES256', { privateKey: key.privateKey, publicKey: createIssuer().publicKey }).token(
    {},
    { kid: key.kid, ...header },
  )
async function fetchNow(url: string) {
  const { body } = await here.admin.get('/api/admin/key-sources')
  const { id } = body.sources.find((source: { url: string }) => source.url === url)
  const answer = await here.admin.post(`/api/admin/key-sources/${id}/fetch`)
  expect(answer.body.status, answer.text).toBe('ok')
}
const attachedTo = (server: JwksServer) => attached(here, { jwksUrl: server.jwksUrl, jwksCaCert: authority.cert })

test.each(['switching-protocols', 'interim-flood', 'headers-only'] as const)(
  'a source that is %s refuses logins in time, and serves again without a restart',
  async (mode) => {
    const [server, other] = [await startServer(), await startServer()]
    const [key, otherKey] = [server.rotate(), other.rotate()]
    server.mode = mode
    const id = await attachedTo(server)
    const otherId = await attachedTo(other)
    const refused = await login(here.anonymous, id, signed(key))
    expect(refused.status, refused.text).toBe(503)
    expect(refused.headers.get('x-keybound-reason')).toBe('key_source_unavailable')
    expect((await login(here.anonymous, otherId, signed(otherKey))).status).toBe(200)
    server.mode = 'ok'
    await fetchNow(server.jwksUrl)
    expect((await login(here.anonymous, id, signed(key))).status).toBe(200)
  },
)

test('a key replaced under the same kid, or without any, is found by the next login, and asked for once', async () => {
  for (const kid of ['signing', undefined]) {
    const server = await startServer()
    const publish = () => {
      const key = server.rotate({ kid: 'signing' })
      server.keys = [{ ...key.jwk, kid }]
      return key
    }
    const old = publish()
    const id = await attachedTo(server)
    expect((await login(here.anonymous, id, signed(old, { kid }))).status).toBe(200)
    const fresh = publish()
    expect((await login(here.anonymous, id, signed(fresh, { kid }))).status).toBe(200)
    const hits = server.hits
    for (let again = 0; again < 5; again++) {
      expect((await login(here.anonymous, id, signed(old, { kid }))).status).toBe(401)
    }
    expect(server.hits).toBe(hits)
  }
})
