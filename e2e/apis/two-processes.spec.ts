import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Keybound, startKeybound } from '../fixtures/keybound'
import { type JwksServer, type SigningKey, startJwksServer } from '../peers/jwks-server'
import { createAuthority } from '../peers/tls-authority'
import { bearer, type Client, createClient } from './client'
import { eventually } from './eventually'
import { attached, type Installation, install, issueToken, jwtAuthPath, login } from './installation'
import { createIssuer } from './issuer'

// Two servers on one PostgreSQL database. SQLite is for one server (e2e/vitest.config.ts leaves it out).

const authority = createAuthority()
const env = { KEY_FETCH_ALLOWED_ORIGINS: '127.0.0.0/8' }

let one: Installation
let other: Keybound
/** Clients of the second server: as the admin identity, and without credentials. */
let adminThere: Client
let anonymousThere: Client
const stops: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  one = await install(env, { own: true, hasQuickRounds: true })
  other = await startKeybound({ env: { ...env, DATABASE_URL: one.keybound.databaseUrl }, hasQuickRounds: true })
  anonymousThere = createClient(other.baseUrl)
  const { id } = await one.actor('admin', 'operator')
  adminThere = anonymousThere.as(bearer(await issueToken(one.admin, id)))
})
afterAll(async () => {
  await other.stop()
  await one.stop()
  await Promise.all(stops.map((stop) => stop()))
})

async function startServer(): Promise<{ server: JwksServer; key: SigningKey }> {
  const server = await startJwksServer({ tls: authority.issue() })
  stops.push(server.stop)
  return { server, key: server.rotate() }
}
const attachedTo = ({ jwksUrl }: JwksServer, more: Record<string, unknown> = {}) =>
  attached(one, { jwksUrl, jwksCaCert: authority.cert, ...more })
const signed = ({ privateKey, kid }: SigningKey, claims: Record<string, unknown> = {}) =>
  createIssuer('ES256', { privateKey, publicKey: createIssuer().publicKey }).token(claims, { kid })

async function sourceAt(client: Client, url: string) {
  const list = await client.get('/api/admin/key-sources')
  const { id } = list.body.sources.find((source: { url: string }) => source.url === url)
  const answer = await client.get(`/api/admin/key-sources/${id}`)
  expect(answer.status, answer.text).toBe(200)
  return answer.body
}

describe('changes of one server are seen by the other', () => {
  test('a login at one server is visible at the other: the decision, the last login, the key that was used', async () => {
    const { server, key } = await startServer()
    const id = await attachedTo(server)
    const answer = await login(anonymousThere, id, signed(key, { sub: 'from the other side' }))
    expect(answer.status, answer.text).toBe(200)

    const { body } = await one.admin.get(`/api/admin/decisions?identityId=${id}`)
    expect(body.decisions).toMatchObject([{ accepted: true, subject: 'from the other side' }])
    const details = await one.anonymous.get('/api/v1/identities/details', { headers: bearer(answer.body.accessToken) })
    expect(details.status, details.text).toBe(200)
    const { keys } = await eventually(
      () => sourceAt(one.admin, server.jwksUrl),
      (source) => source.keys[0]?.lastUsedAt,
    )
    expect(keys).toMatchObject([{ kid: key.kid, lastUsedAt: expect.any(String) }])
  })

  test('an access token revoked at one server is refused at the other', async () => {
    const { server, key } = await startServer()
    const { accessToken } = (await login(one.anonymous, await attachedTo(server), signed(key))).body
    const details = () => anonymousThere.get('/api/v1/identities/details', { headers: bearer(accessToken) })
    expect((await details()).status).toBe(200)
    expect((await one.anonymous.post('/api/v1/auth/token/revoke', { accessToken })).status).toBe(200)
    expect((await details()).status).toBe(401)
  })

  test('the keys that one server fetched serve the other without a fetch', async () => {
    const { server, key } = await startServer()
    const id = await attachedTo(server)
    expect((await login(one.anonymous, id, signed(key))).status).toBe(200)
    await eventually(
      () => sourceAt(adminThere, server.jwksUrl),
      ({ status }) => status === 'ok',
    )
    expect((await login(anonymousThere, id, signed(key))).status).toBe(200)
    expect(server.hits).toBe(1)
  })
})

test('a limit counts the attempts at both servers', async () => {
  const email = 'guessed@example.com'
  const attempt = (client: Client) => client.post('/api/admin/session', { email, password: 'not the password' })
  // Ten wrong passwords of one person from one address (lib/services/people/sign-in.ts).
  for (let made = 0; made < 10; made++) expect((await attempt(one.anonymous)).status).toBe(401)
  expect((await attempt(one.anonymous)).status).toBe(429)
  await eventually(
    () => attempt(anonymousThere),
    ({ status }) => status === 429,
  )
  expect((await attempt(anonymousThere)).status).toBe(429)
})

describe('a trust changed at one server is used by the other from the next login on', () => {
  test('its subject, its keys and its end', async () => {
    const { server, key } = await startServer()
    const { server: elsewhere, key: keyElsewhere } = await startServer()
    const id = await attachedTo(server, { boundSubject: 'build-agent' })
    const there = async (with_: SigningKey, sub = 'build-agent') =>
      (await login(anonymousThere, id, signed(with_, { sub }))).status
    expect(await there(key)).toBe(200)

    const change = async (config: object) => expect((await one.admin.patch(jwtAuthPath(id), config)).status).toBe(200)
    await change({ boundSubject: 'deploy-agent' })
    expect(await there(key)).toBe(403)
    expect(await there(key, 'deploy-agent')).toBe(200)
    await change({ boundSubject: '', jwksUrl: elsewhere.jwksUrl })
    expect(await there(key)).toBe(401)
    expect(await there(keyElsewhere)).toBe(200)
    expect((await one.admin.delete(jwtAuthPath(id))).status).toBe(200)
    expect(await there(keyElsewhere)).toBe(404)
  })

  test('and in both directions, repeatedly', async () => {
    const { server, key } = await startServer()
    const id = await attachedTo(server)
    for (let turn = 0; turn < 4; turn++) {
      const [changing, judging] = turn % 2 === 0 ? [one.admin, anonymousThere] : [adminThere, one.anonymous]
      const boundSubject = `agent ${randomUUID()}`
      expect((await changing.patch(jwtAuthPath(id), { boundSubject })).status).toBe(200)
      expect((await login(judging, id, signed(key, { sub: boundSubject }))).status).toBe(200)
      expect((await login(judging, id, signed(key))).status).toBe(403)
    }
  })
})

describe('a key that is rotated', () => {
  test('is found by both servers, with at most one fetch each, and is in the timeline once', async () => {
    const { server, key } = await startServer()
    const id = await attachedTo(server)
    for (const client of [one.anonymous, anonymousThere])
      expect((await login(client, id, signed(key))).status).toBe(200)
    const hits = server.hits
    const fresh = server.rotate()
    for (const client of [one.anonymous, anonymousThere])
      expect((await login(client, id, signed(fresh))).status).toBe(200)
    for (const client of [one.anonymous, anonymousThere])
      expect((await login(client, id, signed(key))).status).toBe(401)
    expect(server.hits - hits).toBeLessThanOrEqual(2)

    const { events, keys } = await eventually(
      () => sourceAt(one.admin, server.jwksUrl),
      (source) => source.keys.length === 2 && source.events.length === 3,
    )
    const told = events.map(({ kind, kid }: { kind: string; kid: string | null }) => `${kind} ${kid}`)
    expect(told.toSorted()).toEqual([`key-added ${fresh.kid}`, `key-removed ${key.kid}`, 'reached null'].toSorted())
    expect(keys).toHaveLength(2)
  })

  test('a change that both find at the same moment is in the timeline once', async () => {
    const { server, key } = await startServer()
    const id = await attachedTo(server)
    for (const client of [one.anonymous, anonymousThere])
      expect((await login(client, id, signed(key))).status).toBe(200)
    const fresh = server.rotate()
    const both = [one.anonymous, anonymousThere, one.anonymous, anonymousThere]
    const answers = await Promise.all(both.map((client) => login(client, id, signed(fresh))))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    const { events } = await eventually(
      () => sourceAt(adminThere, server.jwksUrl),
      (source) => source.events.length >= 3,
    )
    expect(events.filter(({ kind }: { kind: string }) => kind === 'key-added')).toHaveLength(1)
    expect(events.filter(({ kind }: { kind: string }) => kind === 'key-removed')).toHaveLength(1)
  })
})

describe('the background refresh', () => {
  const holder = async () => (await one.db.lease.findUnique({ where: { name: 'key-sources' } }))?.holder ?? null
  /** As if no source had been asked yet: also what is derived from that, when each is due. */
  const forgetAll = async () => {
    await one.db.keySourceEvent.deleteMany()
    await one.db.keySourceKey.deleteMany()
    await one.db.keySourceState.deleteMany()
    await one.db.namedKeySource.updateMany({ data: { dueAt: new Date(0), isFailing: false, attemptedAt: null } })
  }

  const sources: Awaited<ReturnType<typeof startServer>>[] = []
  let id: string
  beforeAll(async () => {
    sources.push(await startServer(), await startServer())
    const ids: string[] = []
    for (const { server } of sources) ids.push(await attachedTo(server))
    id = ids[1] ?? ''
  })
  /** Starts the first server, which a test has left ended. */
  let startOne: (() => Promise<void>) | null = null

  test('when the refreshing server ends, the other takes over, for unused sources too', async () => {
    // The first server asked for the right before there was another.
    const refreshing = await holder()
    expect(refreshing).not.toBeNull()
    startOne = await one.keybound.end()
    // Given back at once; the other may have it already.
    expect(await holder()).not.toBe(refreshing)
    const { server } = await startServer()
    const { body } = await adminThere.post('/api/v1/identities', {
      name: 'agent',
      organizationId: one.organizationId,
    })
    const config = { jwksUrl: server.jwksUrl, jwksCaCert: authority.cert }
    expect((await adminThere.post(jwtAuthPath(body.identity.id), config)).status).toBe(200)
    const source = await eventually(
      () => sourceAt(adminThere, server.jwksUrl),
      ({ status }) => status !== 'unasked',
    )
    expect(source).toMatchObject({ status: 'ok', keyCount: 1 })
    expect(server.hits).toBe(1)
    expect(await holder()).not.toBeNull()
    expect(await holder()).not.toBe(refreshing)
  })

  test('of two servers that start at the same moment one asks each source, however long it takes, and its result serves both', async () => {
    const [{ server: silent }, { server, key }] = sources as [(typeof sources)[0], (typeof sources)[0]]
    // An answer that never comes keeps the source due for both until the fetch is given up.
    silent.mode = 'silent'
    // A server that runs may be asking the sources already, and would write what it found after all was forgotten.
    const starts = await Promise.all([startOne ?? one.keybound.end(), other.end()])
    await forgetAll()
    for (const asked of [silent, server]) asked.hits = 0
    await Promise.all(starts.map((start) => start()))
    const statusOf = (asked: JwksServer, expected: string) =>
      eventually(
        async () => (await sourceAt(one.admin, asked.jwksUrl)).status,
        (status) => status === expected,
      )
    expect(await statusOf(silent, 'down')).toBe('down')
    expect(await statusOf(server, 'ok')).toBe('ok')
    for (const client of [one.anonymous, anonymousThere])
      expect((await login(client, id, signed(key))).status).toBe(200)
    expect([silent.hits, server.hits]).toEqual([1, 1])
    expect(await one.db.lease.findMany({ where: { name: 'key-sources' } })).toHaveLength(1)
  })
})
