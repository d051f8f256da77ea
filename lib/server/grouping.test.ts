import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { bothDatabases, databaseNames } from '@/e2e/fixtures/both-databases'
import { adopt, decide, decision, newOrganization, sealAll } from '@/e2e/fixtures/sealed-log'
import type { Db } from '@/lib/db/client'
import { areAllAdopted } from '@/lib/services/evidence/adoption'
import { startGrouping } from './grouping'

vi.mock('./log', () => ({ log: { error: () => {}, warn: () => {}, info: () => {} } }))

const databases = bothDatabases()

describe.each(databaseNames)('on %s', (name) => {
  let db: Db
  let log: string
  const stops: (() => Promise<void>)[] = []
  const start = (database: () => Db = () => db) => {
    const stop = startGrouping({ database, everyMs: 5 })
    stops.push(stop)
    return stop
  }
  beforeEach(async () => {
    db = databases.client(name)
    await db.lease.deleteMany()
    if (!(await areAllAdopted(db))) await adopt(db)
    log = await newOrganization(db)
  })
  afterEach(async () => {
    await Promise.all(stops.splice(0).map((stop) => stop()))
  })

  const refuse = async (count: number) => {
    for (let n = 0; n < count; n++) await decide(db, decision(log, false))
    await sealAll(db)
  }
  const counts = async () => (await db.incident.findMany({ where: { organizationId: log } })).map(({ count }) => count)
  const grouped = (count: number) => expect.poll(counts, { interval: 5 }).toEqual([count])

  test('refusals are grouped while logins go on, by one of several servers, each once', async () => {
    start()
    start()
    await refuse(30)
    await grouped(30)
    await refuse(12)
    await grouped(42)
    await Promise.all(stops.splice(0).map((stop) => stop()))
    expect(await counts()).toEqual([42])
    expect(await db.lease.count({ where: { name: 'incidents' } })).toBe(0)
  })

  test('a server does nothing while another holds the lease, and goes on when that is given back', async () => {
    await refuse(2)
    const lease = { name: 'incidents', holder: 'another server', expiresAt: new Date(Date.now() + 80_000) }
    await db.lease.create({ data: lease })
    await start()()
    expect(await counts()).toEqual([])
    await db.lease.deleteMany()
    start()
    await grouped(2)
  })

  test('an error of the database ends a round, not the work', async () => {
    await refuse(3)
    let calls = 0
    start(() => {
      calls += 1
      if (calls <= 3) throw new Error('the database is away')
      return db
    })
    await grouped(3)
    expect(calls).toBeGreaterThan(3)
  })
})
