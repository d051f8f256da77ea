import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startJwksServer } from '../peers/jwks-server'
import { createAuthority } from '../peers/tls-authority'
import { eventually } from './eventually'
import { attached, type Installation, install, jwtAuthPath, login } from './installation'
import { attachedTo, authority, detailOf, fetchNow, signed, sourceOf, startServer } from './key-source-calls'

let here: Installation
const stops: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  here = await install({ KEY_FETCH_ALLOWED_ORIGINS: '127.0.0.0/8' })
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

const alarmsOf = ({ alarms }: { alarms: { id: string }[] }) => alarms.map(({ id }) => id)

describe('a source with who uses it, its keys and its timeline', () => {
  test('one row for trusts that share URL and CA, another for another CA', async () => {
    const server = await started()
    server.rotate()
    const ids = [await attachedTo(here, server), await attachedTo(here, server)]
    const other = await attached(here, { jwksUrl: server.jwksUrl, jwksCaCert: createAuthority('Another').cert })
    const { body } = await here.admin.get('/api/admin/key-sources')
    const sources = body.sources.filter(({ url }: { url: string }) => url === server.jwksUrl)
    const users = sources.map(({ usedBy }: { usedBy: { identityId: string }[] }) => usedBy.map((one) => one.identityId))
    expect(users.map((one: string[]) => one.toSorted()).toSorted()).toEqual([ids.toSorted(), [other]].toSorted())
  })

  test('a tester whose token names a missing key gets a rotated one, with as few fetches as a login causes', async () => {
    const server = await started()
    server.rotate()
    await attachedTo(here, server)
    const source = { kind: 'jwks-url', url: server.jwksUrl, caCert: authority.cert }
    const lookUp = async (more: object) => {
      const { body } = await here.admin.post('/api/admin/keys/lookup', { source, ...more })
      return body.keySet.keys.map(({ kid }: { kid: string }) => kid)
    }
    await lookUp({})
    const { kid } = server.rotate()
    expect(await lookUp({})).not.toContain(kid)
    const before = server.hits
    for (let turn = 0; turn < 20; turn++) expect(await lookUp({ isKeyMissing: true })).toContain(kid)
    expect(server.hits - before).toBe(1)
  })

  test('a rotation shows which key came, which went, and which one a login used', async () => {
    const server = await started()
    const old = server.rotate()
    const id = await attachedTo(here, server)
    expect((await login(here.anonymous, id, signed(old))).status).toBe(200)
    const fresh = server.rotate()
    expect((await login(here.anonymous, id, signed(fresh))).status).toBe(200)

    const detail = await eventually(
      () => detailOf(here, server.jwksUrl),
      ({ keys }) => keys.length === 2 && keys.every((key: { lastUsedAt: string | null }) => key.lastUsedAt),
    )
    expect(detail).toMatchObject({ status: 'ok', keyCount: 1, hasCa: true, failure: null, discovery: null })
    expect(detail.latencyMs).toBeGreaterThanOrEqual(0)
    expect(detail.tls.chain).toHaveLength(2)
    expect(detail.tls.chain[1].subject).toContain('Keybound test CA')
    const keyOf = (kid: string) => detail.keys.find((key: { kid: string }) => key.kid === kid)
    expect(keyOf(old.kid)).toMatchObject({ alg: 'ES256', use: 'sig', type: 'EC', label: 'EC P-256' })
    expect(keyOf(old.kid).removedAt).not.toBeNull()
    expect(keyOf(fresh.kid)).toMatchObject({ removedAt: null, lastUsedAt: expect.any(String) })
    const told = detail.events.map(({ kind, kid }: { kind: string; kid: string }) => `${kind} ${kid}`)
    expect(told.toSorted()).toEqual([`key-added ${fresh.kid}`, `key-removed ${old.kid}`, 'reached null'].toSorted())
  })

  test('fetching now brings what is published now', async () => {
    const server = await started()
    server.rotate()
    await attachedTo(here, server)
    expect(await fetchNow(here, server.jwksUrl)).toMatchObject({ status: 'ok', keyCount: 1 })
    server.rotate({ keepOld: true })
    expect(await fetchNow(here, server.jwksUrl)).toMatchObject({ status: 'ok', keyCount: 2 })
  })

  test('a source that cannot be reached is an answer with an alarm', async () => {
    const server = await started()
    await attachedTo(here, server)
    await server.stop()
    const detail = await fetchNow(here, server.jwksUrl)
    expect(detail).toMatchObject({ status: 'down', keyCount: null, failure: { reason: 'unreachable' } })
    expect(alarmsOf(detail)).toEqual(['never-reached'])
    expect(detail.events).toMatchObject([{ kind: 'failed' }])
  })
})

describe('alarms', () => {
  test('an empty set, a secret in the set, a short RSA key, a kid twice', async () => {
    const server = await started()
    await attachedTo(here, server)
    expect(alarmsOf(await fetchNow(here, server.jwksUrl))).toEqual(['set-empty'])
    const [one, two] = [server.rotate(), server.rotate()]
    server.keys = [
      one.jwk,
      { ...two.jwk, kid: one.kid },
      { ...one.privateKey.export({ format: 'jwk' }), kid: 'private' },
      { kty: 'oct', k: 'c2VjcmV0', kid: 'shared' },
      { kty: 'RSA', n: Buffer.alloc(128, 0xc5).toString('base64url'), e: 'AQAB', kid: 'short' },
    ]
    const detail = await fetchNow(here, server.jwksUrl)
    const expected = ['secret-published', 'secret-published', 'duplicate-kid', 'rsa-too-short']
    expect(alarmsOf(detail).toSorted()).toEqual(expected.toSorted())
    expect(await here.holds(String(one.privateKey.export({ format: 'jwk' }).d))).toBe(false)
    const { body } = await here.admin.get('/api/admin/key-sources')
    expect(body.alarmCount).toBeGreaterThanOrEqual(4)
  })

  test('the same kid with new material', async () => {
    const server = await started()
    server.rotate({ kid: 'signing' })
    await attachedTo(here, server)
    await fetchNow(here, server.jwksUrl)
    server.rotate({ kid: 'signing' })
    const detail = await fetchNow(here, server.jwksUrl)
    expect(alarmsOf(detail)).toEqual(['key-material-changed'])
    expect(detail.events[0]).toMatchObject({ kind: 'key-changed', kid: 'signing' })
  })

  test('a key that was removed while tokens signed by it still arrive', async () => {
    const server = await started()
    const old = server.rotate()
    const id = await attachedTo(here, server)
    expect((await login(here.anonymous, id, signed(old))).status).toBe(200)
    server.rotate()
    expect(alarmsOf(await fetchNow(here, server.jwksUrl))).toEqual([])
    expect((await login(here.anonymous, id, signed(old))).status).toBe(401)
    const detail = await eventually(
      () => detailOf(here, server.jwksUrl),
      ({ alarms }) => alarms.length > 0,
    )
    expect(alarmsOf(detail)).toEqual(['removed-key-used'])
  })

  test('a discovery document that names another issuer, and a jwks_uri that moved', async () => {
    const server = await started()
    server.rotate()
    const id = await here.identity()
    const url = `${server.origin}/.well-known/openid-configuration`
    const config = { oidcDiscoveryUrl: url, caCert: authority.cert, boundIssuer: `${server.origin}/`, boundClaims: {} }
    const made = await here.admin.post(`/api/v1/auth/oidc-auth/identities/${id}`, config)
    expect(made.status, made.text).toBe(200)
    expect(alarmsOf(await fetchNow(here, url))).toEqual(['issuer-differs'])
    const elsewhere = await started()
    elsewhere.rotate()
    server.discovery = { jwks_uri: elsewhere.jwksUrl }
    expect(alarmsOf(await fetchNow(here, url)).toSorted()).toEqual(['issuer-differs', 'jwks-uri-moved'])
  })

  test('a certificate that ends within 30 days', async () => {
    const soon = new Date(Date.now() + 10 * 86_400_000)
    const server = await startJwksServer({ tls: authority.issue({ notAfter: soon }) })
    stops.push(server.stop)
    server.rotate()
    await attachedTo(here, server)
    const { alarms } = await fetchNow(here, server.jwksUrl)
    expect(alarms).toMatchObject([{ id: 'certificate-expiring', severity: 'warning' }])
  })
})

describe('access', () => {
  test('an auditor reads and does not fetch; no-access and callers without credentials read nothing', async () => {
    const server = await started()
    server.rotate()
    await attachedTo(here, server)
    const { id } = await sourceOf(here, server.jwksUrl)
    const auditor = (await here.actor('auditor')).client
    expect((await auditor.get('/api/admin/key-sources')).status).toBe(200)
    expect((await auditor.get(`/api/admin/key-sources/${id}`)).status).toBe(200)
    expect((await auditor.post(`/api/admin/key-sources/${id}/fetch`)).status).toBe(403)
    expect(server.hits).toBe(0)
    // The tester's form trims what it shows; it is the same source all the same.
    const lookUp = async (caCert: string, url = server.jwksUrl) => {
      const source = { kind: 'jwks-url', url, caCert }
      return (await auditor.post('/api/admin/keys/lookup', { source })).status
    }
    expect([await lookUp(authority.cert), await lookUp(authority.cert.trim())]).toEqual([200, 200])
    expect([await lookUp(''), await lookUp(authority.cert, `${server.jwksUrl}?`)]).toEqual([403, 403])
    const outsider = (await here.actor('no-access')).client
    for (const [client, status] of [
      [outsider, 403],
      [here.anonymous, 401],
    ] as const) {
      expect((await client.get('/api/admin/key-sources')).status).toBe(status)
      expect((await client.get(`/api/admin/key-sources/${id}`)).status).toBe(status)
      expect((await client.post(`/api/admin/key-sources/${id}/fetch`)).status).toBe(status)
    }
  })

  test('a source that no trust of the organization names is not there', async () => {
    for (const id of ['0'.repeat(64), 'x', '%00']) {
      expect((await here.admin.get(`/api/admin/key-sources/${id}`)).status).toBe(404)
      expect((await here.admin.post(`/api/admin/key-sources/${id}/fetch`)).status).toBe(404)
    }
  })

  test('a source disappears from the list with the last trust that uses it', async () => {
    const server = await started()
    server.rotate()
    const id = await attachedTo(here, server)
    await fetchNow(here, server.jwksUrl)
    expect((await here.admin.delete(jwtAuthPath(id))).status).toBe(200)
    expect(await sourceOf(here, server.jwksUrl)).toBeUndefined()
  })
})
