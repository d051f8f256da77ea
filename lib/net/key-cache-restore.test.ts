import { expect, test, vi } from 'vitest'
import type { Jwk, KeySet } from '@/lib/trust/key-sources/key-source'
import type { RemoteKeySource } from '@/lib/trust/policy'
import type { FetchedKeys } from './fetch-keys'
import { createKeyCache, type KeyCacheOptions, type KnownKeys } from './key-cache'

const source: RemoteKeySource = { kind: 'jwks-url', url: 'https://issuer.example/jwks', caCert: '' }
const startMs = 1_700_000_000_000

const okSet = (kid: string, atMs: number): Extract<KeySet, { status: 'ok' }> => ({
  status: 'ok',
  keys: [{ kty: 'OKP', kid } as Jwk],
  fetchedAt: atMs / 1000,
  stale: null,
})
const good = (kid: string, atMs: number): FetchedKeys => ({
  keySet: okSet(kid, atMs),
  cacheSeconds: 300,
  latencyMs: 1,
})
const down: FetchedKeys = {
  keySet: { status: 'unavailable', reason: 'unreachable', message: 'Refused.', fix: 'Look.' },
  cacheSeconds: 0,
  latencyMs: 1,
}
const known = (kid: string, atMs: number, more: Partial<KnownKeys> = {}): KnownKeys => ({
  keySet: okSet(kid, atMs),
  at: atMs,
  freshUntil: atMs + 300_000,
  failingSince: null,
  ...more,
})

/** A cache of a process that has just begun, over a source and a memory in our hands. */
function setUp(options: { answer: FetchedKeys; remembered: KnownKeys | null } & Partial<KeyCacheOptions>) {
  const clock = { ms: startMs }
  const world = { answer: options.answer, remembered: options.remembered }
  const fetch = vi.fn(async () => world.answer)
  const restore = vi.fn(async () => world.remembered)
  const cache = createKeyCache({ fetch, now: () => clock.ms, monotonic: () => clock.ms, restore, ...options })
  const kidOf = async (kid: string | null = null) => {
    const held = await cache.get(source)
    const isMissing = kid !== null && held.status === 'ok' && !held.keys.some((key) => key.kid === kid)
    const set = isMissing ? await cache.get(source, { again: true }) : held
    return set.status === 'ok' ? set.keys[0]?.kid : set.reason
  }
  return { clock, world, fetch, restore, cache, kidOf }
}

test('a set that is still fresh serves after a restart without a fetch', async () => {
  const { kidOf, fetch, restore } = setUp({ answer: good('new', startMs), remembered: known('a', startMs - 60_000) })
  expect(await Promise.all([kidOf(), kidOf(), kidOf()])).toEqual(['a', 'a', 'a'])
  expect(fetch).not.toHaveBeenCalled()
  expect(restore).toHaveBeenCalledTimes(1)
})

test('with the issuer dead, the last good set serves after a restart, and says since when it failed', async () => {
  const remembered = known('a', startMs - 3_600_000, { failingSince: startMs - 1_800_000 })
  const { cache } = setUp({ answer: down, remembered })
  expect(await cache.get(source)).toMatchObject({
    status: 'ok',
    keys: [{ kid: 'a' }],
    stale: { since: (startMs - 1_800_000) / 1000, reason: 'unreachable' },
  })
})

test('a set that would still be fresh, of a source that was failing, is not passed off as fresh', async () => {
  const remembered = known('a', startMs - 60_000, { failingSince: startMs - 30_000 })
  const { cache } = setUp({ answer: down, remembered })
  expect(await cache.get(source)).toMatchObject({ status: 'ok', stale: { since: startMs / 1000 - 30 } })
})

test('a refresh that fails first does not cost the last good set', async () => {
  const { cache, kidOf } = setUp({ answer: down, remembered: known('a', startMs - 3_600_000) })
  await cache.refresh(source)
  expect(await kidOf('a')).toBe('a')
})

test('a restart does not make the last good set serve longer than allowed', async () => {
  const { kidOf } = setUp({ answer: down, remembered: known('a', startMs - 86_400_000) })
  expect(await kidOf('a')).toBe('unreachable')
})

test('an unknown kid is asked for at the source, whatever is remembered', async () => {
  const { kidOf, fetch } = setUp({ answer: good('new', startMs), remembered: known('a', startMs - 60_000) })
  expect(await kidOf('new')).toBe('new')
  expect(fetch).toHaveBeenCalledTimes(1)
})

test('a set that became old here is not fetched when another server has fetched a newer one', async () => {
  const { clock, world, kidOf, fetch } = setUp({ answer: good('a', startMs), remembered: null })
  expect(await kidOf()).toBe('a')
  clock.ms += 301_000
  world.remembered = known('b', clock.ms - 30_000)
  expect(await kidOf()).toBe('b')
  expect(fetch).toHaveBeenCalledTimes(1)
})

test('an older memory never replaces a newer set', async () => {
  const { clock, world, kidOf, fetch } = setUp({ answer: good('new', startMs), remembered: null })
  await kidOf()
  world.remembered = known('old', startMs - 1)
  world.answer = good('newest', startMs + 301_000)
  clock.ms += 301_000
  expect(await kidOf()).toBe('newest')
  expect(fetch).toHaveBeenCalledTimes(2)
})

test('a memory that cannot be read is no memory: the source is asked', async () => {
  const restore = vi.fn(async () => Promise.reject(new Error('the database is away')))
  const { kidOf, fetch } = setUp({ answer: good('a', startMs), remembered: null, restore })
  expect(await kidOf()).toBe('a')
  expect(fetch).toHaveBeenCalledTimes(1)
})

test('remembered keys that turn out unchanged stay the same objects', async () => {
  const { cache } = setUp({ answer: good('a', startMs), remembered: known('a', startMs - 3_600_000) })
  const before = await cache.get(source)
  await cache.refresh(source)
  const after = await cache.get(source)
  expect(before.status === 'ok' && after.status === 'ok' && before.keys === after.keys).toBe(true)
})
