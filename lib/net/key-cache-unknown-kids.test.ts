import { expect, test } from 'vitest'
import { cachedKeyServers } from '@/e2e/fixtures/cached-key-server'
import type { RemoteKeySource } from '@/lib/trust/policy'

const setUp = cachedKeyServers()

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
