import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { exportJWK, generateKeyPair } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { migratedDatabase } from '@/e2e/fixtures/new-database'
import { connect, type Db } from '@/lib/db/client'
import type { FetchedKeys } from '@/lib/net/fetch-keys'
import { createKeyCache, keySourceId } from '@/lib/net/key-cache'
import type { Jwk } from '@/lib/trust/key-sources/key-source'
import type { RemoteKeySource } from '@/lib/trust/policy'
import { acquireLease } from '../lease'
import { insertTrust } from '../trust/trust-rows'
import { toKnownKeys } from './key-source-row'
import { recordFetch } from './record-fetch'
import { refreshDueSources } from './refresh-due-sources'

/* What a clock that was wrong left in the database, and one source's trouble, cost no other source and no login. */

const start = new Date('2026-08-01T12:00:00.000Z')
const after = (seconds: number) => new Date(start.getTime() + seconds * 1000)
const daySeconds = 86_400
const folder = mkdtempSync(path.join(tmpdir(), 'keybound-clocks-'))
let db: Db
let source: RemoteKeySource

beforeAll(async () => {
  const { url } = await migratedDatabase('sqlite', folder)
  db = connect(url)
})
afterAll(async () => {
  await db.$disconnect()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  await db.trust.deleteMany()
  await db.namedKeySource.deleteMany()
  source = await addSource()
})

async function addSource(keys?: string): Promise<RemoteKeySource> {
  const used: RemoteKeySource = { kind: 'jwks-url', url: `https://issuer.example/${randomUUID()}`, caCert: '' }
  const organizationId = randomUUID()
  await db.organization.create({ data: { id: organizationId, name: 'Acme', slug: organizationId } })
  const policy = { algorithms: '["ES256"]', rules: '[]', lifetime: '{}', grant: '{}' }
  const trust = { id: randomUUID(), organizationId, kind: 'jwt', name: 'agent', keys: keys ?? JSON.stringify([used]) }
  await insertTrust(db, { ...trust, ...policy })
  return used
}

const newKey = async (kid: string): Promise<Jwk> => {
  const { publicKey } = await generateKeyPair('ES256', { extractable: true })
  return { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' } as Jwk
}
const good = (key: Jwk, at = start): FetchedKeys => ({
  keySet: { status: 'ok', keys: [key], fetchedAt: at.getTime() / 1000, stale: null },
  cacheSeconds: 300,
  latencyMs: 12,
})
const bad: FetchedKeys = {
  keySet: { status: 'unavailable', reason: 'unreachable', message: 'Refused.', fix: 'Look.' },
  cacheSeconds: 0,
  latencyMs: 3,
}
const state = () => db.keySourceState.findUniqueOrThrow({ where: { id: keySourceId(source) } })
const refreshed = async (now: Date) => {
  const refresh = vi.fn(async (_: RemoteKeySource) => bad)
  await refreshDueSources({ db, keys: { refresh }, now })
  return refresh.mock.calls.map(([{ url }]) => url)
}

describe('a clock that ran a day ahead and was set right', () => {
  test('leaves a record that is overwritten by what is learned now', async () => {
    const [withdrawn, current] = [await newKey('withdrawn'), await newKey('current')]
    await recordFetch(db, { source, result: good(withdrawn), at: after(daySeconds) }, after(daySeconds))
    await recordFetch(db, { source, result: good(current), at: after(60) }, after(60))
    expect(await state()).toMatchObject({ lastAttemptAt: after(60), freshUntil: after(360) })
    expect(toKnownKeys(await state())).toMatchObject({ keySet: { keys: [{ kid: 'current' }] } })
  })

  test('leaves no key that a restarted server believes without asking the source', async () => {
    const [withdrawn, current] = [await newKey('withdrawn'), await newKey('current')]
    await recordFetch(db, { source, result: good(withdrawn), at: after(daySeconds) }, after(daySeconds))
    const cache = createKeyCache({
      fetch: async () => good(current),
      now: () => after(60).getTime(),
      restore: async () => toKnownKeys(await state()),
    })
    expect(await cache.get(source)).toMatchObject({ keys: [{ kid: 'current' }] })
  })

  test('does not keep the background from asking for a day', async () => {
    await recordFetch(db, { source, result: good(await newKey('a')), at: after(daySeconds) }, after(daySeconds))
    expect(await refreshed(after(60))).toEqual([source.url])
    await db.namedKeySource.updateMany({ data: { attemptedAt: start } })
    expect(await refreshed(after(60))).toEqual([source.url])
  })

  test('leaves no lease that holds for a day', async () => {
    const name = randomUUID()
    const lease = (holder: string, now: Date) => acquireLease(db, { name, holder, now, seconds: 90 })
    expect(await lease('ahead', after(daySeconds))).toBe(true)
    expect(await lease('right', start)).toBe(true)
    // Clocks that differ by less than the lease are no reason to take it away.
    expect(await lease('other', after(-80))).toBe(false)
  })

  test('leaves an outage that began no later than now, and whose failures are told', async () => {
    await recordFetch(db, { source, result: bad, at: after(daySeconds) }, after(daySeconds))
    await recordFetch(db, { source, result: bad, at: after(60) }, after(60))
    expect(await state()).toMatchObject({ failingSince: after(60) })
    const events = await db.keySourceEvent.findMany({
      where: { sourceId: keySourceId(source) },
      orderBy: { at: 'asc' },
    })
    expect(events).toMatchObject([{ at: after(60) }, { at: after(daySeconds) }])
  })
})

test('a result that another server fetched a moment later is still not overwritten', async () => {
  const [first, second] = [await newKey('first'), await newKey('second')]
  await recordFetch(db, { source, result: good(second), at: after(4) }, after(4))
  await recordFetch(db, { source, result: good(first), at: after(2) }, after(10))
  expect(toKnownKeys(await state())).toMatchObject({ keySet: { keys: [{ kid: 'second' }] } })
})

describe('one source’s trouble', () => {
  test('that throws stops the refresh of no other', async () => {
    const others = [await addSource(), await addSource(), await addSource()]
    const onError = vi.fn()
    const refresh = vi.fn(async ({ url }: RemoteKeySource) => {
      if (url === source.url) throw new Error('a fault of ours')
      return bad
    })
    expect(await refreshDueSources({ db, keys: { refresh }, now: start, onError })).toBe(4)
    expect(refresh.mock.calls.map(([{ url }]) => url).toSorted()).toEqual(
      [source, ...others].map(({ url }) => url).toSorted(),
    )
    expect(onError).toHaveBeenCalledTimes(1)
  })

  test('in a row that cannot be read hides no other', async () => {
    await addSource('{"broken":')
    expect(await refreshed(start)).toEqual([source.url])
  })

  test('does not delay healthy sources: those that fail are asked beside them, and only for part of a round', async () => {
    const healthy = await addSource()
    const failing = [source, ...(await Promise.all(Array.from({ length: 9 }, () => addSource())))]
    for (const one of failing) await recordFetch(db, { source: one, result: bad, at: start })
    const clock = { ms: 0 }
    const asked: string[] = []
    const refresh = async ({ url }: RemoteKeySource) => {
      asked.push(url)
      if (url !== healthy.url) clock.ms += 5_000
      return bad
    }
    await refreshDueSources({ db, keys: { refresh }, now: after(60), monotonic: () => clock.ms })
    expect(asked).toContain(healthy.url)
    expect(asked.length).toBeLessThan(failing.length + 1)
  })
})

describe('a set that is not wholly good', () => {
  const rows = () =>
    db.keySourceKey.findMany({ where: { sourceId: keySourceId(source) }, orderBy: { firstSeenAt: 'asc' } })
  const eventKinds = async () =>
    (await db.keySourceEvent.findMany({ where: { sourceId: keySourceId(source) } })).map(({ kind }) => kind)

  test('names the entry that is no key beside the keys, and tells no key added or removed', async () => {
    const key = await newKey('a')
    const set = good(key)
    const ignored = [{ entry: 2, problem: 'is null, not an object' }]
    await recordFetch(db, { source, result: { ...set, keySet: { ...set.keySet, ignored } }, at: start })
    await recordFetch(db, { source, result: good(key), at: after(60) })
    expect(await rows()).toHaveLength(2)
    expect(await rows()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kid: 'a', problem: null, removedAt: null }),
        expect.objectContaining({
          kid: null,
          problemText: 'Entry 2 of the key set is null, not an object.',
          removedAt: after(60),
        }),
      ]),
    )
    expect(await eventKinds()).toEqual(['reached'])
  })

  test('and has no usable key leaves the last good keys as they are, and shows what it held', async () => {
    const key = await newKey('a')
    await recordFetch(db, { source, result: good(key), at: start })
    const keySet = {
      ...bad.keySet,
      reason: 'no-usable-key',
      keys: [{ kty: 'oct', kid: 'leaked', k: 'c2VjcmV0' }],
    } as FetchedKeys['keySet']
    await recordFetch(db, { source, result: { ...bad, keySet }, at: after(60) })
    expect(await rows()).toMatchObject([
      { kid: 'a', removedAt: null },
      { kid: 'leaked', problem: 'symmetric_key', removedAt: null },
    ])
    expect(toKnownKeys(await state())).toMatchObject({ keySet: { keys: [{ kid: 'a' }] } })
    expect(await eventKinds()).toEqual(expect.arrayContaining(['reached', 'failed']))
  })
})
