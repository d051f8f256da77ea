import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { bothDatabases, databaseNames } from '@/e2e/fixtures/both-databases'
import type { Db } from '@/lib/db/client'
import { loginStoreOf } from '@/lib/db/login-store/stores'
import { inTransaction } from '@/lib/db/transaction'
import { env } from '@/lib/env'
import { newRequestId } from '@/lib/ids'
import { perProcess } from '@/lib/per-process'
import { decisionCounts, noteForCount } from '@/lib/services/decision/decision-days'
import { metrics, metricsText } from '@/lib/services/metrics/metrics'
import { removedKinds } from '@/lib/services/retention/remove-expired'
import { startHousekeeping } from './housekeeping'

vi.mock('./log', () => ({ log: { error: () => {}, warn: () => {}, info: () => {} } }))

const databases = bothDatabases({ from: new Date('2024-03-04'), to: new Date('2024-03-18') })
const dayMs = 86_400_000

test('every kind of record counts from zero in /metrics, so that a rate can be taken of the first removal', async () => {
  const { text } = await metricsText(databases.client('sqlite'), new Date())
  const counted = text.match(/^keybound_records_removed_total\{kind="[^"]+"\} 0$/gm)
  expect(counted).toEqual(removedKinds.map((kind) => `keybound_records_removed_total{kind="${kind}"} 0`))
})

test('partitions of decisions are made ahead, and one that was kept long enough is dropped', async () => {
  const db = databases.client('partitioned')
  const names = async () => (await loginStoreOf(db).partitions?.read())?.partitions.map(({ name }) => name) ?? []
  expect(await names()).toEqual(['Decision_20240304', 'Decision_20240311', 'Decision_default'])
  const stop = startHousekeeping({ database: () => db, everyMs: 5 })
  await expect.poll(names, { interval: 5 }).not.toContain('Decision_20240311')
  await stop()
  expect(await names()).toHaveLength(4)
})

describe.each(databaseNames)('on %s', (name) => {
  let db: Db
  const organizationId = randomUUID()
  const stops: (() => Promise<void>)[] = []
  const start = (database: () => Db = () => db) => {
    const stop = startHousekeeping({ database, everyMs: 5 })
    stops.push(stop)
    return stop
  }
  beforeEach(async () => {
    db = databases.client(name)
    await db.decision.deleteMany()
    await db.lease.deleteMany()
    await db.organization.deleteMany()
    await db.organization.create({ data: { id: organizationId, name: 'Acme', slug: 'acme' } })
    metrics().recordsRemoved.reset()
  })
  afterEach(async () => {
    await Promise.all(stops.splice(0).map((stop) => stop()))
  })

  const decision = (daysAgo: number) => ({
    ...{ id: newRequestId(), at: new Date(Date.now() - daysAgo * dayMs), organizationId, method: 'jwt' },
    ...{ accepted: false, reason: 'token_expired', message: '', trace: '[]' },
  })
  const seed = (count: number) =>
    db.decision.createMany({ data: [...Array.from({ length: count }, () => decision(400)), decision(1)] })
  const expired = () => db.decision.count({ where: { at: { lt: new Date(Date.now() - 100 * dayMs) } } })
  const gone = () => expect.poll(expired, { interval: 5 }).toBe(0)

  test('of two servers one removes what is old, /metrics counts each record once, and what is young stays', async () => {
    await seed(250)
    start()
    start()
    await gone()
    await Promise.all(stops.splice(0).map((stop) => stop()))
    expect(await db.decision.count()).toBe(1)
    const { text } = await metricsText(db, new Date())
    expect(text).toContain('keybound_records_removed_total{kind="refused-decisions"} 250')
  })

  test('a server does nothing while another holds the lease, and goes on when the lease is given back', async () => {
    await seed(3)
    const lease = { name: 'housekeeping', holder: 'another server', expiresAt: new Date(Date.now() + 80_000) }
    await db.lease.create({ data: lease })
    await start()()
    expect(await expired()).toBe(3)
    expect(await db.lease.findMany()).toMatchObject([{ holder: 'another server' }])
    await db.lease.deleteMany()
    start()
    await gone()
  })

  test('the signing key is replaced by the schedule, once, whichever server does it', async () => {
    const old = new Date(Date.now() - 8 * dayMs)
    await db.signingKey.deleteMany()
    await db.signingKey.create({
      data: { id: 'old', algorithm: 'ES256', publicJwk: '{}', privateJwk: '', createdAt: old },
    })
    start()
    await expect.poll(() => db.lease.count()).toBe(1)
    await Promise.all(stops.splice(0).map((stop) => stop()))
    expect(await db.signingKey.count()).toBe(1)
    perProcess('env').value = { ...env(), KEYBOUND_SIGNING_KEY_DAYS: 7 }
    start()
    start()
    await expect.poll(() => db.signingKey.count()).toBe(2)
    await Promise.all(stops.splice(0).map((stop) => stop()))
    expect(await db.signingKey.count()).toBe(2)
    perProcess('env').value = { ...env(), KEYBOUND_SIGNING_KEY_DAYS: undefined }
    await db.signingKey.deleteMany()
  })

  test('an error of the database ends a round, not the work', async () => {
    await seed(3)
    let calls = 0
    start(() => {
      calls += 1
      if (calls <= 3) throw new Error('the database is away')
      return db
    })
    await gone()
    expect(calls).toBeGreaterThan(3)
  })

  test('a login is written while much is removed', async () => {
    await seed(4_000)
    start()
    await expect.poll(expired, { interval: 5 }).toBeLessThan(4_000)
    for (let login = 0; login < 5; login++) {
      await inTransaction({ db }, (tx) => tx.decision.create({ data: decision(0) }))
    }
    expect(await expired()).toBeGreaterThan(0)
    expect(await db.decision.count({ where: { at: { gt: new Date(Date.now() - dayMs / 2) } } })).toBe(5)
  })

  test('the lease is given back at the end', async () => {
    const stop = start()
    await expect.poll(() => db.lease.count(), { interval: 5 }).toBe(1)
    await stop()
    expect(await db.lease.count()).toBe(0)
  })

  test('logins stay counted by day when their rows are gone', async () => {
    const old = decision(400)
    await db.decision.create({ data: old })
    await inTransaction({ db }, (tx) => noteForCount(tx, old))
    const counts = () => decisionCounts(db, organizationId, new Date(Date.now() - 500 * dayMs))
    const before = await counts()
    expect(before).toMatchObject([{ accepted: false, reason: 'token_expired', count: 1 }])
    start()
    await gone()
    await expect.poll(() => db.uncountedDecision.count({ where: { organizationId } })).toBe(0)
    expect(await counts()).toEqual(before)
  })
})
