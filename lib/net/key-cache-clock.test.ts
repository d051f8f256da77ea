import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Jwk, KeySet } from '@/lib/trust/key-sources/key-source'
import type { RemoteKeySource } from '@/lib/trust/policy'
import type { FetchedKeys } from './fetch-keys'
import { createKeyCache, type KeyCacheOptions, type KnownKeys } from './key-cache'

const source: RemoteKeySource = { kind: 'jwks-url', url: 'https://issuer.example/jwks', caCert: '' }
const startMs = 1_700_000_000_000
const dayMs = 86_400_000

afterEach(() => {
  vi.useRealTimers()
})

const okSet = (kid: string): Extract<KeySet, { status: 'ok' }> => ({
  status: 'ok',
  keys: [{ kty: 'OKP', kid } as Jwk],
  fetchedAt: startMs / 1000,
  stale: null,
})
const good = (kid: string): FetchedKeys => ({ keySet: okSet(kid), cacheSeconds: 300, latencyMs: 1 })
const down: FetchedKeys = {
  keySet: { status: 'unavailable', reason: 'unreachable', message: 'Refused.', fix: 'Look.' },
  cacheSeconds: 0,
  latencyMs: 1,
}

/** A cache with a clock on the wall, which may be set, and one that only counts what passes. */
function setUp(options: Partial<KeyCacheOptions> = {}) {
  const clock = { wall: startMs, passed: 0 }
  const world = { answer: good('first') }
  const fetch = vi.fn(async () => world.answer)
  const cache = createKeyCache({ fetch, now: () => clock.wall, monotonic: () => clock.passed, ...options })
  const pass = (ms: number) => {
    clock.wall += ms
    clock.passed += ms
  }
  const kidOf = async (again = false) => {
    const set = await cache.get(source, { again })
    return set.status === 'ok' ? set.keys[0]?.kid : set.reason
  }
  return { clock, world, fetch, cache, pass, kidOf }
}

describe('a clock that is set', () => {
  test.each([
    ['a day forward', dayMs],
    ['a day back', -dayMs],
  ])('%s makes no withdrawn key believed: the source is asked again', async (_, jump) => {
    const { clock, world, pass, kidOf } = setUp()
    expect(await kidOf()).toBe('first')
    world.answer = good('second')
    clock.wall += jump
    pass(301_000)
    expect(await kidOf()).toBe('second')
  })

  test('a day forward and back leaves nothing that is fresh until tomorrow', async () => {
    const { clock, world, fetch, pass, kidOf } = setUp()
    clock.wall += dayMs
    expect(await kidOf()).toBe('first')
    clock.wall -= dayMs
    world.answer = good('second')
    expect(await kidOf()).toBe('second')
    pass(299_000)
    await kidOf()
    expect(fetch).toHaveBeenCalledTimes(2)
  })

  test('does not stretch the pause after a failed fetch, nor the cool-down of tokens that no key verifies', async () => {
    const { clock, world, fetch, pass, kidOf } = setUp()
    world.answer = down
    expect(await kidOf()).toBe('unreachable')
    clock.wall -= dayMs
    pass(5_000)
    world.answer = good('first')
    expect(await kidOf()).toBe('first')
    await kidOf(true)
    clock.wall -= dayMs
    world.answer = good('second')
    pass(30_000)
    expect(await kidOf(true)).toBe('second')
    expect(fetch).toHaveBeenCalledTimes(4)
  })

  test('back does not let the last good set serve longer than allowed', async () => {
    const { clock, world, pass, kidOf } = setUp({ lastGoodSeconds: 3_600 })
    await kidOf()
    world.answer = down
    clock.wall -= dayMs
    pass(3_599_000)
    expect(await kidOf()).toBe('first')
    pass(5_000)
    expect(await kidOf()).toBe('unreachable')
  })

  test('a machine that slept counts the time by its clock on the wall', async () => {
    const { clock, world, kidOf } = setUp()
    await kidOf()
    world.answer = good('second')
    clock.wall += 301_000
    expect(await kidOf()).toBe('second')
  })
})

describe('what is remembered from before a restart', () => {
  const known = (at: number, freshUntil = at + 300_000): KnownKeys => ({
    keySet: okSet('old'),
    at,
    freshUntil,
    failingSince: null,
  })
  const restoring = (remembered: KnownKeys) => setUp({ restore: async () => remembered })

  test('and is dated in the future is not fresh: the source is asked', async () => {
    expect(await restoring(known(startMs + dayMs)).kidOf()).toBe('first')
    expect(await restoring(known(startMs - 60_000)).kidOf()).toBe('old')
  })

  test('and claims to be fresh for a day is fresh for an hour at most', async () => {
    const { pass, kidOf } = restoring(known(startMs - 60_000, startMs + dayMs))
    expect(await kidOf()).toBe('old')
    pass(3_541_000)
    expect(await kidOf()).toBe('first')
  })

  test('and is dated in the future never takes the place of a set this process fetched', async () => {
    const { world, cache, kidOf, pass } = restoring(known(startMs + dayMs))
    await cache.refresh(source)
    world.answer = good('second')
    pass(301_000)
    expect(await kidOf()).toBe('second')
  })
})

describe('a fetch or a look-up that never ends', () => {
  test('fails by its deadline, and the next login begins another', async () => {
    vi.useFakeTimers()
    const fetch = vi.fn(() => new Promise<FetchedKeys>(() => {}))
    const { cache, clock } = setUp({ fetch })
    const first = cache.get(source)
    await vi.advanceTimersByTimeAsync(15_000)
    expect(await first).toMatchObject({ status: 'unavailable', reason: 'timed-out' })
    clock.passed += 5_000
    fetch.mockImplementation(async () => good('healed'))
    expect(await cache.get(source)).toMatchObject({ status: 'ok', keys: [{ kid: 'healed' }] })
  })

  test('the late result of an overdue fetch is ignored', async () => {
    vi.useFakeTimers()
    let arrive = (_: FetchedKeys) => {}
    const late = new Promise<FetchedKeys>((resolve) => {
      arrive = resolve
    })
    const { cache, clock } = setUp({ fetch: vi.fn(async () => good('new')).mockReturnValueOnce(late) })
    const first = cache.get(source)
    await vi.advanceTimersByTimeAsync(15_000)
    await first
    clock.passed += 5_000
    await cache.get(source)
    arrive(good('late'))
    await vi.advanceTimersByTimeAsync(0)
    expect(await cache.get(source)).toMatchObject({ keys: [{ kid: 'new' }] })
  })

  test('a fetch that throws is a failed fetch', async () => {
    const { cache } = setUp({ fetch: () => Promise.reject(new Error('10.0.0.5 is broken')) })
    const set = await cache.get(source)
    expect(set).toMatchObject({ status: 'unavailable', reason: 'unreachable' })
    expect(JSON.stringify(set)).not.toContain('10.0.0.5')
  })

  test('the source is asked when the database does not say what it remembers', async () => {
    vi.useFakeTimers()
    const { cache } = setUp({ restore: () => new Promise<null>(() => {}) })
    const asked = cache.get(source)
    await vi.advanceTimersByTimeAsync(3_000)
    expect(await asked).toMatchObject({ keys: [{ kid: 'first' }] })
  })
})
