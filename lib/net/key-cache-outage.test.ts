import { expect, test } from 'vitest'
import { cachedKeyServers } from '@/e2e/fixtures/cached-key-server'

const setUp = cachedKeyServers()

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
