import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { bothDatabases, databaseNames } from '@/e2e/fixtures/both-databases'
import { connect, type Db } from '@/lib/db/client'
import { newRequestId } from '@/lib/ids'
import { addUpDecisions, decisionCounts, hasDecision, noteForCount } from './decision-days'

const databases = bothDatabases()
const since = new Date('2026-08-01T00:00:00.000Z')

describe.each(databaseNames)('on %s', (name) => {
  let db: Db
  let organizationId: string
  beforeEach(async () => {
    db = databases.client(name)
    organizationId = randomUUID()
    await db.uncountedDecision.deleteMany()
    await db.decisionDay.deleteMany()
  })

  const note = (over: Partial<Parameters<typeof noteForCount>[1]> = {}) => ({
    ...{ id: newRequestId(), at: since, organizationId, method: 'jwt', accepted: true, reason: null },
    ...over,
  })
  const notes = async (count: number, over: Partial<Parameters<typeof noteForCount>[1]> = {}) => {
    await db.$transaction(async (tx) => {
      for (let index = 0; index < count; index++) await noteForCount(tx, note(over))
    })
  }
  const counts = async () =>
    (await decisionCounts(db, organizationId, since)).sort((one, other) => (one.day < other.day ? -1 : 1))

  test('a decision counts at once, and is counted the same once it has been added to its day', async () => {
    await notes(2)
    await notes(1, { accepted: false, reason: 'token_expired', at: new Date('2026-08-02T23:59:59.999Z') })
    const expected = [
      { day: '2026-08-01', accepted: true, reason: '', count: 2 },
      { day: '2026-08-02', accepted: false, reason: 'token_expired', count: 1 },
    ]
    expect(await counts()).toEqual(expected)
    expect(await addUpDecisions(db)).toBe(3)
    expect(await db.uncountedDecision.count()).toBe(0)
    expect(await counts()).toEqual(expected)
    await notes(1)
    expect(await counts()).toMatchObject([{ count: 3 }, { count: 1 }])
  })

  test('several servers that count at once count each decision once', async () => {
    await notes(450)
    // Two clients of one SQLite file in one process would wait for each other with the process itself.
    const others = name === 'sqlite' ? [db, db] : [connect(databases.url(name)), connect(databases.url(name))]
    const work = async (client: Db) => {
      while ((await client.uncountedDecision.count()) > 0) await addUpDecisions(client)
    }
    await Promise.all([db, ...others].map(work))
    if (name !== 'sqlite') await Promise.all(others.map((client) => client.$disconnect()))
    expect(await db.decisionDay.findMany()).toMatchObject([{ organizationId, count: 450 }])
  })

  test('logins, tried tokens and other organizations are told apart', async () => {
    await notes(1)
    await notes(2, { method: 'test' })
    await notes(4, { organizationId: null, accepted: false, reason: 'method_not_configured' })
    await addUpDecisions(db)
    expect(await counts()).toMatchObject([{ count: 1 }])
    expect(await decisionCounts(db, '', since)).toMatchObject([{ reason: 'method_not_configured', count: 4 }])
  })

  test('a first login is known at once, and when its row is long gone', async () => {
    expect(await hasDecision(db, organizationId, true)).toBe(false)
    await notes(1)
    expect(await hasDecision(db, organizationId, true)).toBe(true)
    await addUpDecisions(db)
    expect(await hasDecision(db, organizationId, true)).toBe(true)
    expect(await hasDecision(db, organizationId, false)).toBe(false)
  })
})
