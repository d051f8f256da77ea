import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type OpenIdProvider, startOpenIdProvider } from '../peers/openid-provider'
import { bearer } from './client'
import { type Installation, install, login, metricsToken } from './installation'
import { attachedTo, authority, detailOf, fetchNow, signed, startServer } from './key-source-calls'

let here: Installation
const stops: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  here = await install({ KEY_FETCH_ALLOWED_ORIGINS: '127.0.0.0/8', METRICS_TOKEN: metricsToken }, { own: true })
})
afterAll(async () => {
  await here.stop()
  await Promise.all(stops.map((stop) => stop()))
})

const started = async () => {
  const server = await startServer()
  stops.push(server.stop)
  return server
}

describe('when the issuer is down', () => {
  let provider: OpenIdProvider
  let id: string
  const loginBy = (token: string) => here.anonymous.post('/api/v1/auth/oidc-auth/login', { identityId: id, jwt: token })

  test('logins continue with the last good keys, before and after a restart, and the source says so', async () => {
    provider = await startOpenIdProvider(authority)
    stops.push(provider.stop)
    id = await here.identity()
    const config = {
      oidcDiscoveryUrl: provider.discoveryUrl,
      caCert: authority.cert,
      boundIssuer: provider.origin,
      boundClaims: {},
    }
    expect((await here.admin.post(`/api/v1/auth/oidc-auth/identities/${id}`, config)).status).toBe(200)
    const token = await provider.token()
    expect((await loginBy(token)).status).toBe(200)
    await provider.stop()
    expect(await fetchNow(here, provider.discoveryUrl)).toMatchObject({
      status: 'last-good',
      keyCount: 1,
      failingSince: expect.any(String),
      failure: { reason: 'unreachable' },
    })
    expect((await loginBy(token)).status).toBe(200)

    await here.keybound.restart()
    const answer = await loginBy(token)
    expect(answer.status, answer.text).toBe(200)
    expect(await detailOf(here, provider.discoveryUrl)).toMatchObject({
      status: 'last-good',
      discovery: { issuer: provider.origin },
      keys: [{ alg: 'ES256', removedAt: null }],
    })
    const decisions = await here.admin.get(`/api/admin/decisions?identityId=${id}&limit=2`)
    const trace = await here.admin.get(`/api/admin/decisions/${decisions.body.decisions[0].id}`)
    const check = trace.body.trace.find((one: { id: string }) => one.id === 'keys.source')
    expect(check).toMatchObject({ status: 'warn', message: expect.stringContaining('last good') })
  })

  test('and when it is back with another key, that one is found without a restart', async () => {
    await provider.listen()
    await provider.rotate()
    expect(await fetchNow(here, provider.discoveryUrl)).toMatchObject({ status: 'ok', failure: null, keyCount: 1 })
    expect((await loginBy(await provider.token())).status).toBe(200)
    const { events } = await detailOf(here, provider.discoveryUrl)
    const kinds = events.map(({ kind }: { kind: string }) => kind)
    for (const kind of ['reached', 'failed', 'recovered', 'key-added', 'key-removed']) expect(kinds).toContain(kind)
  })
})

describe('/metrics', () => {
  test('is served to callers with the token, and counts logins and fetches', async () => {
    expect((await here.anonymous.get('/metrics')).status).toBe(401)
    expect((await here.anonymous.get('/metrics', { headers: bearer('wrong') })).status).toBe(401)
    const server = await started()
    const key = server.rotate()
    const id = await attachedTo(here, server)
    expect((await login(here.anonymous, id, signed(key))).status).toBe(200)
    expect((await login(here.anonymous, id, 'nonsense')).status).toBe(401)
    const answer = await here.anonymous.get('/metrics', { headers: bearer(metricsToken) })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toContain('text/plain')
    expect(answer.text).toMatch(/^keybound_logins_total\{method="jwt",result="accepted",reason=""\} [1-9]/m)
    expect(answer.text).toMatch(
      /^keybound_logins_total\{method="jwt",result="refused",reason="token_malformed"\} [1-9]/m,
    )
    const host = new URL(server.origin).host
    expect(answer.text).toContain(`host="${host}",result="ok"} 1`)
    expect(answer.text).toMatch(/^keybound_verification_duration_seconds_count [1-9]/m)
  })
})
