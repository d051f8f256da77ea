import { createHash } from 'node:crypto'
import { expect, test, vi } from 'vitest'
import { cachedKeyServers } from '@/e2e/fixtures/cached-key-server'
import { createAuthority } from '@/e2e/peers/tls-authority'
import type { RemoteKeySource } from '@/lib/trust/policy'
import { keySourceId } from './key-cache'

const setUp = cachedKeyServers()

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
    { ...source, caCert: createAuthority().cert },
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
