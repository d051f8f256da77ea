import { createHash } from 'node:crypto'
import { afterEach, expect, test, vi } from 'vitest'
import { type JwksServer, startJwksServer } from '@/e2e/peers/jwks-server'
import { createAuthority } from '@/e2e/peers/tls-authority'
import type { RemoteKeySource } from '@/lib/trust/policy'
import { parseAllowedOrigins } from './allow-list'
import { fetchKeySet } from './fetch-keys'
import { createGuard } from './guarded-fetch'
import { createKeyCache, type KeyCacheOptions, keySourceId } from './key-cache'

const ca = createAuthority()
const running: JwksServer[] = []
afterEach(() => Promise.all(running.splice(0).map((server) => server.stop())))

/** A cache over a real server and a clock in our hands. */
async function setUp(options: Partial<KeyCacheOptions> = {}) {
  const server = await startJwksServer({ tls: ca.issue() })
  running.push(server)
  server.rotate({ kid: 'first' })
  const clock = { seconds: 1_700_000_000, looks: 0 }
  const now = () => clock.seconds * 1000
  // Grows a little with every look, as a real one does.
  const monotonic = () => clock.seconds * 1000 + clock.looks++ / 1000
  const guard = createGuard({ allowed: parseAllowedOrigins('127.0.0.0/8') })
  const fetch = vi.fn((source: RemoteKeySource) => fetchKeySet(source, { guard, now }))
  const cache = createKeyCache({ fetch, now, monotonic, ...options })
  const source: RemoteKeySource = { kind: 'jwks-url', url: server.jwksUrl, caCert: ca.cert }
  /** As a login does for a token that names `kid`. */
  const get = async (kid: string | null = null) => {
    const since = monotonic()
    const set = await cache.get(source)
    const isMissing = kid !== null && set.status === 'ok' && !set.keys.some((key) => key.kid === kid)
    return isMissing ? cache.get(source, { again: true, since }) : set
  }
  /** Waits until a fetch in the background is over. */
  const settled = () => Promise.all(fetch.mock.results.map(({ value }) => value)).then(() => undefined)
  return { server, clock, cache, source, get, fetch, settled }
}

test('logins share one fetch, and get the same object until it changes', async () => {
  const { server, get } = await setUp()
  server.rotate({ kid: 'a' })
  const sets = await Promise.all(Array.from({ length: 100 }, () => get('a')))
  expect(server.hits).toBe(1)
  expect(new Set([...sets, await get('a'), await get()]).size).toBe(1)
  expect(server.hits).toBe(1)
})

test('keys are asked for again when they are as old as the answer allowed, not before', async () => {
  const { server, clock, get } = await setUp()
  server.headers = { 'cache-control': 'max-age=120' }
  server.rotate({ kid: 'a' })
  await get('a')
  clock.seconds += 119
  await get('a')
  expect(server.hits).toBe(1)
  server.rotate({ kid: 'b' })
  clock.seconds += 1
  // A withdrawn key is forgotten then, even by a login that would still use it.
  expect(await get('a')).toMatchObject({ keys: [{ kid: 'b' }], fetchedAt: clock.seconds })
  expect(server.hits).toBe(2)
})

test('keys that did not change stay the same objects through a refetch', async () => {
  const { server, cache, source, get } = await setUp()
  server.rotate({ kid: 'a' })
  const before = await get('a')
  await cache.refresh(source)
  const after = await get('a')
  expect(after.status === 'ok' && before.status === 'ok' && after.keys === before.keys).toBe(true)
})

test('an unknown kid fetches a rotated key without a restart, even right after the first fetch', async () => {
  const { server, get } = await setUp()
  server.rotate({ kid: 'a' })
  await get('a')
  server.rotate({ kid: 'b' })
  expect(await get('b')).toMatchObject({ status: 'ok', keys: [{ kid: 'b' }] })
  expect(server.hits).toBe(2)
})

test('a login with a rotated key profits from the refetch that a random kid caused', async () => {
  const { server, get } = await setUp()
  server.rotate({ kid: 'a' })
  await get('a')
  server.rotate({ kid: 'b' })
  const [, set] = await Promise.all([get('random'), get('b')])
  expect(set).toMatchObject({ keys: [{ kid: 'b' }] })
  expect(server.hits).toBe(2)
})

test('ten thousand unknown kids, one after the other, cause one refetch in 30 seconds', async () => {
  const { server, clock, get } = await setUp()
  server.rotate({ kid: 'a' })
  await get('a')
  for (let count = 0; count < 10_000; count++) await get(`random-${count}`)
  expect(server.hits).toBe(2)
  clock.seconds += 29
  await get('random')
  expect(server.hits).toBe(2)
  clock.seconds += 1
  await get('random')
  expect(server.hits).toBe(3)
})

test('ten thousand unknown kids at once cause one refetch', async () => {
  const { server, get } = await setUp()
  server.rotate({ kid: 'a' })
  await get('a')
  await Promise.all(Array.from({ length: 10_000 }, (_, count) => get(`random-${count}`)))
  expect(server.hits).toBe(2)
})

test('ten thousand unknown kids at once, before anything was fetched, cause one fetch', async () => {
  const { server, get } = await setUp()
  await Promise.all(Array.from({ length: 10_000 }, (_, count) => get(`random-${count}`)))
  expect(server.hits).toBe(1)
})

test('unknown kids at one source do not use up the refetch of another', async () => {
  const one = await setUp()
  const { server: other } = await setUp()
  const source: RemoteKeySource = { ...one.source, url: other.jwksUrl }
  await one.get()
  await one.get('random')
  await one.cache.get(source)
  other.rotate({ kid: 'b' })
  expect(await one.cache.get(source, { again: true })).toMatchObject({ keys: [{ kid: 'b' }] })
})

test('a token without a kid causes no refetch', async () => {
  const { server, get } = await setUp()
  await get()
  await get()
  expect(server.hits).toBe(1)
})

test('while its source is down the last good set serves, and says since when and why', async () => {
  const { server, clock, get, settled } = await setUp()
  server.rotate({ kid: 'a' })
  await get('a')
  const fetchedAt = clock.seconds
  await server.stop()
  clock.seconds += 300
  const since = clock.seconds
  const stale = await get('a')
  expect(stale).toMatchObject({
    status: 'ok',
    keys: [{ kid: 'a' }],
    fetchedAt,
    stale: { since, reason: 'unreachable', message: expect.stringContaining('refused') },
  })
  // The same object while nothing changes, so that keys are not imported at every login of an outage.
  clock.seconds += 60
  expect(await get('a')).toBe(stale)
  await settled()
  expect(await get('a')).toBe(stale)
})

test('an outage that changes its nature is told anew, but began when it began', async () => {
  const { server, clock, cache, source, get } = await setUp()
  await get()
  server.mode = 'status-500'
  await cache.refresh(source)
  const since = clock.seconds
  clock.seconds += 60
  server.mode = 'bad-json'
  await cache.refresh(source)
  expect(await get()).toMatchObject({ status: 'ok', stale: { since, reason: 'not-json' } })
})

test('a source that is down is tried again every few seconds, not at every login, and no login waits for it', async () => {
  const { server, clock, get, settled } = await setUp({ retrySeconds: 5 })
  server.rotate({ kid: 'a' })
  await get('a')
  server.mode = 'status-500'
  clock.seconds += 300
  await get('a')
  expect(server.hits).toBe(2)
  for (let login = 0; login < 1_000; login++) await get('a')
  clock.seconds += 4
  await get('a')
  expect(server.hits).toBe(2)
  clock.seconds += 1
  for (let login = 0; login < 1_000; login++) await get('a')
  await settled()
  expect(server.hits).toBe(3)
})

test('unknown kids do not hammer a source that is down', async () => {
  const { server, get } = await setUp()
  server.rotate({ kid: 'a' })
  await get('a')
  server.mode = 'status-500'
  for (let count = 0; count < 1_000; count++) await get(`random-${count}`)
  expect(server.hits).toBe(2)
})

test('an unknown kid does not ask a source again that failed a moment ago', async () => {
  const { server, clock, get } = await setUp()
  server.rotate({ kid: 'a' })
  await get('a')
  server.mode = 'status-500'
  clock.seconds += 300
  await get('a')
  expect(await get('random')).toMatchObject({ status: 'ok', stale: {} })
  expect(server.hits).toBe(2)
})

test('a source that comes back serves fresh keys again', async () => {
  const { server, clock, get, settled } = await setUp({ retrySeconds: 5 })
  server.rotate({ kid: 'a' })
  await get('a')
  await server.stop()
  clock.seconds += 300
  await get('a')
  await server.listen()
  clock.seconds += 5
  expect(await get('a')).toMatchObject({ stale: { reason: 'unreachable' } })
  await settled()
  expect(await get('a')).toMatchObject({ status: 'ok', stale: null, fetchedAt: clock.seconds })
})

test('a key rotated during an outage is found by the first login after it', async () => {
  const { server, clock, get } = await setUp()
  server.rotate({ kid: 'a' })
  await get('a')
  await server.stop()
  clock.seconds += 300
  await get('a')
  server.rotate({ kid: 'b' })
  await server.listen()
  clock.seconds += 30
  expect(await get('b')).toMatchObject({ status: 'ok', stale: null, keys: [{ kid: 'b' }] })
})

test('the last good set serves no longer than allowed', async () => {
  const { server, clock, get } = await setUp({ lastGoodSeconds: 3600 })
  server.rotate({ kid: 'a' })
  await get('a')
  await server.stop()
  clock.seconds += 3599
  expect(await get('a')).toMatchObject({ status: 'ok', stale: {} })
  clock.seconds += 1
  expect(await get('a')).toMatchObject({ status: 'unavailable', reason: 'unreachable' })
})

test('lastGoodSeconds 0 means that a failing source is unavailable at once', async () => {
  const { server, clock, get } = await setUp({ lastGoodSeconds: 0 })
  await get()
  await server.stop()
  clock.seconds += 300
  expect(await get()).toMatchObject({ status: 'unavailable' })
})

test('a source that never gave keys is unavailable, and asked again only after a few seconds', async () => {
  const { server, clock, get } = await setUp({ retrySeconds: 5 })
  server.mode = 'status-500'
  const sets = await Promise.all(Array.from({ length: 100 }, () => get('a')))
  expect(sets[0]).toMatchObject({ status: 'unavailable', reason: 'http-status' })
  for (let login = 0; login < 100; login++) await get('a')
  expect(server.hits).toBe(1)
  server.mode = 'ok'
  server.rotate({ kid: 'a' })
  clock.seconds += 5
  expect(await get('a')).toMatchObject({ status: 'ok', keys: [{ kid: 'a' }] })
})

test('a corrected source is another entry: giving the CA certificate helps at once', async () => {
  const { cache, source } = await setUp()
  expect(await cache.get({ ...source, caCert: '' })).toMatchObject({ reason: 'tls-untrusted' })
  expect(await cache.get(source)).toMatchObject({ status: 'ok' })
  expect(await cache.get({ ...source, caCert: '' })).toMatchObject({ reason: 'tls-untrusted' })
})

test('sources are told apart by kind, URL and CA, and by nothing else', () => {
  const source: RemoteKeySource = { kind: 'jwks-url', url: 'https://a.example/', caCert: '' }
  const others: RemoteKeySource[] = [
    { ...source, kind: 'oidc-discovery' },
    { ...source, url: 'https://a.example/x' },
    { ...source, caCert: ca.cert },
  ]
  expect(new Set([source, ...others].map(keySourceId)).size).toBe(4)
  expect(keySourceId({ caCert: '\n', url: source.url, kind: source.kind })).toBe(keySourceId(source))
})

test('a discovery URL with and without its suffix, or a slash at its end, is one source; with another path it is not', () => {
  const idOf = (url: string) => keySourceId({ kind: 'oidc-discovery', url, caCert: '' })
  const issuer = 'https://a.example/tenant'
  const same = [issuer, `${issuer}/`, `${issuer}/.well-known/openid-configuration`]
  expect(new Set(same.map(idOf)).size).toBe(1)
  expect(idOf('https://a.example')).not.toBe(idOf(issuer))
  expect(idOf(`${issuer}?p=1`)).not.toBe(idOf(issuer))
  // Records of sources that were written so before stay theirs.
  const before = createHash('sha256').update(JSON.stringify(['oidc-discovery', issuer, '']))
  expect(idOf(issuer)).toBe(before.digest('hex'))
})

test('refresh fetches whatever is cached, and joins a fetch under way', async () => {
  const { server, cache, source, get } = await setUp()
  await get()
  server.rotate({ kid: 'a' })
  const [one, two] = await Promise.all([cache.refresh(source), cache.refresh(source)])
  expect(one).toBe(two)
  expect(one).toMatchObject({ keySet: { keys: [{ kid: 'a' }] }, tls: { subject: 'CN=localhost' } })
  expect(server.hits).toBe(2)
  expect(await get()).toMatchObject({ keys: [{ kid: 'a' }] })
})

test('refresh does not wait for a source to be due again', async () => {
  const { server, cache, source, get } = await setUp()
  server.mode = 'status-500'
  await get()
  server.mode = 'ok'
  expect(await cache.refresh(source)).toMatchObject({ keySet: { status: 'ok' } })
  expect(await get()).toMatchObject({ status: 'ok', stale: null })
})

test('a forgotten source is fetched anew', async () => {
  const { server, cache, source, get } = await setUp()
  await get()
  cache.forget(source)
  await get()
  expect(server.hits).toBe(2)
})

test('entries are bounded, and the longest unused goes first', async () => {
  const { cache, source, fetch } = await setUp({ entriesMax: 2 })
  const [a, b, c] = ['a', 'b', 'c'].map((name) => ({ ...source, url: `${source.url}?${name}` }))
  for (const used of [a!, b!, a!, c!, a!]) await cache.get(used)
  expect(fetch).toHaveBeenCalledTimes(3)
  await cache.get(b!)
  expect(fetch).toHaveBeenCalledTimes(4)
})

test('every fetch is told once, good or bad', async () => {
  const onFetch = vi.fn()
  const { server, cache, source, get } = await setUp({ onFetch })
  await Promise.all([get(), get()])
  server.mode = 'html'
  await cache.refresh(source)
  expect(onFetch.mock.calls).toMatchObject([
    [source, { keySet: { status: 'ok' } }],
    [source, { keySet: { status: 'unavailable', reason: 'not-json' } }],
  ])
})
