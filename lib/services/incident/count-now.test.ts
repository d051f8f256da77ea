import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { bothDatabases, databaseNames } from '@/e2e/fixtures/both-databases'
import { adopt, decide, decision, newOrganization, sealAll } from '@/e2e/fixtures/sealed-log'
import type { Db } from '@/lib/db/client'
import { canaryUsed } from '@/lib/model/alarm'
import { areAllAdopted } from '../evidence/adoption'
import { countNow } from './count-now'
import { groupRefusals } from './group-refusals'
import { recountRefusals } from './recount-refusals'

const databases = bothDatabases()
const start = new Date('2026-06-01T12:00:00.000Z')
const later = (minutes: number) => new Date(start.getTime() + minutes * 60_000)

describe.each(databaseNames)('on %s', (name) => {
  let db: Db
  let log: string
  const identityId = randomUUID()

  beforeEach(async () => {
    db = databases.client(name)
    if (!(await areAllAdopted(db))) await adopt(db)
    log = await newOrganization(db)
  })

  type Row = ReturnType<typeof decision>
  const use = (minutes: number, over: object = {}): Row =>
    ({
      ...{ ...decision(log), at: later(minutes), identityId, identityName: 'trap', accepted: false },
      ...{ checkId: 'method', reason: canaryUsed, message: 'A canary, planted in “wiki”.', ip: '192.0.2.1', ...over },
    }) as unknown as Row

  const count = (...rows: Row[]) => countNow(db, { log, ids: rows.map(({ id }) => id), now: start })
  async function group() {
    await sealAll(db, later(365 * 24 * 60))
    for (let batch = 1; !(await groupRefusals(db, log, start)).isDone; batch++)
      if (batch > 200) throw new Error('no end')
  }
  const incidents = () => db.incident.findMany({ where: { organizationId: log }, orderBy: { firstAt: 'asc' } })

  test('a use is an incident before the log is read, and is not counted again when it is', async () => {
    const [first, second] = [use(0), use(1, { method: 'oidc', ip: '192.0.2.2' })]
    await decide(db, first)
    expect(await count(first)).toBe(true)
    const about = 'A canary, planted in “wiki”.'
    expect(await incidents()).toMatchObject([{ reason: canaryUsed, count: 1, about, announceAt: start, identityId }])
    await decide(db, second)
    await group()
    expect(await incidents()).toMatchObject([{ count: 2, lastDecisionId: second.id }])
    expect(await count(first, second)).toBe(true)
    expect(await incidents()).toMatchObject([{ count: 2 }])
  })

  test('one that is not raised at once, because the server ended, is an incident when the log is read', async () => {
    await decide(db, use(0))
    await group()
    expect(await incidents()).toMatchObject([{ reason: canaryUsed, count: 1 }])
  })

  test('uses of an identity and of its decoy tokens are incidents of their own', async () => {
    const rows = [use(0), use(1, { accessTokenId: randomUUID() }), use(2, { accessTokenId: randomUUID() })]
    for (const row of rows) await decide(db, row)
    await count(...rows)
    expect((await incidents()).map((one) => one.count)).toEqual([1, 1, 1])
  })

  test('repeats that are counted into a row are counted at once, also in a new incident after the first was resolved', async () => {
    const row = use(0, { repeats: 0, lastAt: start })
    await decide(db, row)
    await count(row)
    await db.decision.update({ where: { id: row.id }, data: { repeats: 2, lastAt: later(1) } })
    await count(row)
    expect(await incidents()).toMatchObject([{ count: 3 }])
    await db.incident.updateMany({ where: { organizationId: log }, data: { state: 'resolved', stateAt: later(2) } })
    await db.decision.update({ where: { id: row.id }, data: { repeats: 3, lastAt: later(3) } })
    await count(row)
    expect(await incidents()).toMatchObject([{ count: 3 }, { count: 1, state: 'open' }])
    await group()
    await recountRefusals(db, log, later(4))
    expect((await incidents()).map((one) => one.count)).toEqual([3, 1])
  })

  test('two processes that count the same use count it once', async () => {
    const row = use(0)
    await decide(db, row)
    await group()
    const other = use(1)
    await decide(db, other)
    const written = await Promise.all([count(other), count(other)])
    for (const is of written) if (!is) await count(other)
    expect(await incidents()).toMatchObject([{ count: 2 }])
  })
})
