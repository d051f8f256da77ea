import { randomUUID } from 'node:crypto'
import { exportJWK, generateKeyPair } from 'jose'
import { beforeEach, expect, test, vi } from 'vitest'
import { bothDatabases, databaseNames } from '@/e2e/fixtures/both-databases'
import type { Db } from '@/lib/db/client'
import type { FetchedKeys } from '@/lib/net/fetch-keys'
import { keySourceId } from '@/lib/net/key-cache'
import type { Verdict } from '@/lib/trust/engine/verdict'
import type { Jwk } from '@/lib/trust/key-sources/key-source'
import type { RemoteKeySource } from '@/lib/trust/policy'
import { changeTrust, deleteTrust, insertTrust } from '../trust/trust-rows'
import { forgetOldSources } from './forget-old-sources'
import { createKeySourceRecorder } from './key-source-recorder'
import { toKnownKeys } from './key-source-row'
import { describeKey } from './published-key'
import { recordFetch } from './record-fetch'
import { refreshDueSources } from './refresh-due-sources'

const start = new Date('2026-08-01T12:00:00.000Z')
const after = (seconds: number) => new Date(start.getTime() + seconds * 1000)
const databases = bothDatabases()
let source: RemoteKeySource

beforeEach(async () => {
  source = { kind: 'jwks-url', url: `https://issuer.example/${randomUUID()}`, caCert: '' }
  for (const db of databaseNames.map(databases.client)) {
    await db.trust.deleteMany()
    await db.namedKeySource.deleteMany()
    await addTrust(db, source)
  }
})

async function addTrust(db: Db, used: RemoteKeySource) {
  const organizationId = randomUUID()
  await db.organization.create({ data: { id: organizationId, name: 'Acme', slug: organizationId } })
  const policy = { algorithms: '["ES256"]', rules: '[]', lifetime: '{}', grant: '{}' }
  const trust = { id: randomUUID(), organizationId, kind: 'jwt', name: 'agent', keys: JSON.stringify([used]) }
  await insertTrust(db, { ...trust, ...policy })
}

const newKey = async (kid: string): Promise<Jwk> => {
  const { publicKey } = await generateKeyPair('ES256', { extractable: true })
  return { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' } as Jwk
}
const good = (keys: Jwk[], more: Partial<FetchedKeys> = {}): FetchedKeys => ({
  keySet: { status: 'ok', keys, fetchedAt: start.getTime() / 1000, stale: null },
  cacheSeconds: 300,
  latencyMs: 12,
  ...more,
})
const bad: FetchedKeys = {
  keySet: { status: 'unavailable', reason: 'unreachable', message: 'Refused.', fix: 'Look.' },
  cacheSeconds: 0,
  latencyMs: 3,
}
const stateOf = (db: Db) => db.keySourceState.findUniqueOrThrow({ where: { id: keySourceId(source) } })
const eventsOf = async (db: Db) => {
  const events = await db.keySourceEvent.findMany({ where: { sourceId: keySourceId(source) }, orderBy: { at: 'asc' } })
  return events.map(({ kind, kid }) => (kid === null ? kind : `${kind} ${kid}`))
}

for (const name of databaseNames) {
  const get = () => databases.client(name)

  test(`${name}: a rotation is told key by key, and the set can be taken up again as it was`, async () => {
    const [a, b] = [await newKey('a'), await newKey('b')]
    await recordFetch(get(), { source, result: good([a]), at: start })
    await recordFetch(get(), { source, result: good([a]), at: after(60) })
    await recordFetch(get(), { source, result: good([a, b]), at: after(120) })
    await recordFetch(get(), { source, result: good([b]), at: after(180) })
    expect(await eventsOf(get())).toEqual(['reached', 'key-added b', 'key-removed a'])
    const rows = await get().keySourceKey.findMany({
      where: { sourceId: keySourceId(source) },
      orderBy: { kid: 'asc' },
    })
    expect(rows).toMatchObject([
      { kid: 'a', firstSeenAt: start, lastSeenAt: after(120), removedAt: after(180), label: 'EC P-256' },
      { kid: 'b', firstSeenAt: after(120), lastSeenAt: after(180), removedAt: null },
    ])
    expect(toKnownKeys(await stateOf(get()))).toMatchObject({
      keySet: { status: 'ok', keys: [b], stale: null },
      at: after(180).getTime(),
      freshUntil: after(480).getTime(),
      failingSince: null,
    })
  })

  test(`${name}: the same kid with other material is told as that`, async () => {
    await recordFetch(get(), { source, result: good([await newKey('a')]), at: start })
    await recordFetch(get(), { source, result: good([await newKey('a')]), at: after(60) })
    expect(await eventsOf(get())).toEqual(['reached', 'key-changed a'])
  })

  test(`${name}: an outage keeps the last good set, and is told once an hour, not at every try`, async () => {
    const a = await newKey('a')
    await recordFetch(get(), { source, result: good([a]), at: start })
    for (const seconds of [60, 65, 70, 3_000]) await recordFetch(get(), { source, result: bad, at: after(seconds) })
    expect(await eventsOf(get())).toEqual(['reached', 'failed'])
    expect(await stateOf(get())).toMatchObject({ failingSince: after(60), reason: 'unreachable', lastSuccessAt: start })
    expect(toKnownKeys(await stateOf(get()))).toMatchObject({
      keySet: { keys: [a] },
      failingSince: after(60).getTime(),
    })
    await recordFetch(get(), { source, result: bad, at: after(4_000) })
    await recordFetch(get(), { source, result: good([a]), at: after(4_060) })
    expect(await eventsOf(get())).toEqual(['reached', 'failed', 'failed', 'recovered'])
    expect(await stateOf(get())).toMatchObject({ failingSince: null, reason: null })
  })

  test(`${name}: every fetch is counted on its day, those in vain apart, whichever server made it and however late`, async () => {
    const a = await newKey('a')
    const midnight = Date.parse('2026-08-02T00:00:00.000Z')
    const before = [1, 2, 3].map((ms) => ({ source, result: good([a]), at: new Date(midnight - ms) }))
    await Promise.all(before.map((record) => recordFetch(get(), record)))
    await recordFetch(get(), { source, result: bad, at: new Date(midnight) })
    await recordFetch(get(), { source, result: good([a]), at: new Date(midnight + 1) })
    await recordFetch(get(), { source, result: bad, at: new Date(midnight - 4) })
    const days = await get().keySourceDay.findMany({
      where: { sourceId: keySourceId(source) },
      omit: { sourceId: true },
      orderBy: { day: 'asc' },
    })
    expect(days).toEqual([
      { day: '2026-08-01', fetches: 4, failures: 1 },
      { day: '2026-08-02', fetches: 2, failures: 1 },
    ])
  })

  test(`${name}: what another server learned later is not overwritten by what comes late`, async () => {
    const [a, b] = [await newKey('a'), await newKey('b')]
    await recordFetch(get(), { source, result: good([b]), at: after(60) })
    await recordFetch(get(), { source, result: good([a]), at: start })
    expect(toKnownKeys(await stateOf(get()))).toMatchObject({ keySet: { keys: [b] } })
  })

  test(`${name}: several servers that write at once leave one state, each key once, each change told once`, async () => {
    const [a, b] = [await newKey('a'), await newKey('b')]
    await recordFetch(get(), { source, result: good([a]), at: start })
    const records = [1, 2, 3, 4].map((ms) => ({ source, result: good([a, b]), at: new Date(start.getTime() + ms) }))
    await Promise.all(records.map((record) => recordFetch(get(), record)))
    expect(await eventsOf(get())).toEqual(['reached', 'key-added b'])
  })

  test(`${name}: the first writes of a source may meet as well`, async () => {
    const a = await newKey('a')
    const records = [1, 2, 3, 4].map((ms) => ({ source, result: good([a]), at: new Date(start.getTime() + ms) }))
    await Promise.all(records.map((record) => recordFetch(get(), record)))
    expect(await eventsOf(get())).toEqual(['reached'])
  })

  test(`${name}: a private or shared part never reaches a row, and the key stays unusable after a restart`, async () => {
    const { privateKey } = await generateKeyPair('ES256', { extractable: true })
    const leaked = { ...(await exportJWK(privateKey)), kid: 'leaked' } as Jwk
    const shared = { kty: 'oct', kid: 'shared', k: 'c2VjcmV0IHNlY3JldCBzZWNyZXQ' } as Jwk
    await recordFetch(get(), { source, result: good([leaked, shared]), at: start })
    const rows = await get().keySourceKey.findMany({
      where: { sourceId: keySourceId(source) },
      orderBy: { kid: 'asc' },
    })
    expect(rows.map(({ problem }) => problem)).toEqual(['private_key', 'symmetric_key'])
    const everything = JSON.stringify([await stateOf(get()), rows])
    expect(everything).not.toContain(leaked.d)
    expect(everything).not.toContain(shared.k)
    const known = toKnownKeys(await stateOf(get()))
    const problems = await Promise.all((known?.keySet.keys ?? []).map(describeKey))
    expect(problems.map(({ problem }) => problem)).toEqual(['private_key', 'symmetric_key'])
  })

  test(`${name}: what PostgreSQL could not keep, and absurdly long kids, cost no record`, async () => {
    const odd = await newKey(`a\0b${'x'.repeat(5_000)}`)
    await recordFetch(get(), { source, result: good([odd]), at: start })
    const [row] = await get().keySourceKey.findMany({ where: { sourceId: keySourceId(source) } })
    expect(row?.kid).toHaveLength(500)
    expect(toKnownKeys(await stateOf(get()))?.keySet.keys).toEqual([odd])
  })

  test(`${name}: a moved jwks_uri, another issuer and another certificate are told`, async () => {
    const a = await newKey('a')
    const told = (host: string, fingerprint: string) =>
      good([a], {
        discovery: { issuer: `https://${host}`, jwksUri: `https://${host}/jwks`, algorithms: [] },
        tls: {
          subject: 'CN=x',
          issuer: 'CN=y',
          notBefore: 0,
          notAfter: 4e9,
          fingerprint,
          protocol: 'TLSv1.3',
          chain: [],
        },
      })
    await recordFetch(get(), { source, result: told('one.example', '01'), at: start })
    await recordFetch(get(), { source, result: told('two.example', '02'), at: after(60) })
    const events = await eventsOf(get())
    expect(events.toSorted()).toEqual(['certificate-changed', 'issuer-changed', 'jwks-uri-moved', 'reached'])
  })

  test(`${name}: a source no trust names leaves no trace`, async () => {
    const tried = { ...source, url: 'https://tried.example/jwks' }
    await recordFetch(get(), { source: tried, result: good([]), at: start })
    expect(await get().keySourceState.count({ where: { url: tried.url } })).toBe(0)
  })

  test(`${name}: the use of a key is noted at most once a minute, a removed key that is asked for as well`, async () => {
    const clock = { now: start }
    const onError = vi.fn()
    const recorder = createKeySourceRecorder({
      db: get,
      now: () => clock.now,
      monotonic: () => clock.now.getTime(),
      onError,
    })
    const a = await newKey('a')
    const { thumbprint } = await describeKey(a)
    const verdict = (more: Partial<Verdict>): Verdict => ({
      accepted: true,
      decisive: null,
      checks: [],
      header: null,
      claims: null,
      key: null,
      grant: null,
      ...more,
    })
    const trust = { keys: [source] }
    const rowOf = () => get().keySourceKey.findFirstOrThrow({ where: { sourceId: keySourceId(source), kid: 'a' } })
    recorder.fetched(source, good([a]))
    const use = async () => {
      recorder.judged(trust, verdict({ key: { source: 0, kid: 'a', thumbprint } }))
      await recorder.settled()
    }
    await use()
    expect((await rowOf()).lastUsedAt).toEqual(start)
    clock.now = after(59)
    await use()
    expect((await rowOf()).lastUsedAt).toEqual(start)
    clock.now = after(61)
    await use()
    expect((await rowOf()).lastUsedAt).toEqual(after(61))

    const missing = verdict({
      accepted: false,
      header: { kid: 'a' },
      checks: [{ id: 'keys.kid', status: 'fail', title: '', message: '', reason: 'key_not_found', trusted: true }],
    })
    recorder.judged(trust, missing)
    await recorder.settled()
    expect((await rowOf()).lastMissedAt).toBeNull()
    clock.now = after(130)
    recorder.fetched(source, good([]))
    clock.now = after(200)
    recorder.judged(trust, missing)
    await recorder.settled()
    expect(await rowOf()).toMatchObject({ removedAt: after(130), lastMissedAt: after(200) })
    expect(onError).not.toHaveBeenCalled()
  })

  test(`${name}: the background asks new sources and those about to become old, and leaves the others alone`, async () => {
    const refresh = vi.fn(async () => good([]))
    const round = (seconds: number) => refreshDueSources({ db: get(), keys: { refresh }, now: after(seconds) })
    expect(await round(0)).toBe(1)
    expect(refresh).toHaveBeenCalledWith(source)
    await recordFetch(get(), { source, result: good([]), at: start })
    expect(await round(200)).toBe(0)
    expect(await round(241)).toBe(1)
    await recordFetch(get(), { source, result: bad, at: after(300) })
    expect(await round(320)).toBe(0)
    expect(await round(346)).toBe(1)
    for (const { id } of await get().trust.findMany()) await changeTrust(get(), id, { enabled: false })
    expect(await round(9_999)).toBe(0)
  })

  test(`${name}: old events and removed keys are forgotten, sources only when no trust names them`, async () => {
    const [a, b] = [await newKey('a'), await newKey('b')]
    await recordFetch(get(), { source, result: good([a]), at: start })
    await recordFetch(get(), { source, result: good([b]), at: after(60) })
    const days = () => get().keySourceDay.count({ where: { sourceId: keySourceId(source) } })
    expect(await forgetOldSources(get(), after(-86_400), 100)).toBe(0)
    expect(await days()).toBe(1)
    expect(await eventsOf(get())).toHaveLength(3)
    while ((await forgetOldSources(get(), after(86_400), 2)) === 2);
    expect(await eventsOf(get())).toEqual([])
    expect(await days()).toBe(0)
    expect(await get().keySourceKey.findMany({ where: { sourceId: keySourceId(source) } })).toMatchObject([
      { kid: 'b' },
    ])
    for (const { id } of await get().trust.findMany()) await deleteTrust(get(), id)
    await forgetOldSources(get(), after(86_400), 100)
    expect(await get().keySourceState.count({ where: { id: keySourceId(source) } })).toBe(0)
  })
}
