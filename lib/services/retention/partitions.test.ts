import { Readable } from 'node:stream'
import { beforeEach, expect, test } from 'vitest'
import { bothDatabases } from '@/e2e/fixtures/both-databases'
import { onPostgresql, partitionByWeek } from '@/e2e/fixtures/partitioned'
import { adopt, decide, decision, newOrganization, sealAll, verified } from '@/e2e/fixtures/sealed-log'
import { verifyExport } from '@/lib/cli/evidence/verify-export'
import { connect } from '@/lib/db/client'
import { readPartitioning } from '@/lib/db/partitions/catalogue'
import { addCheck } from '@/lib/db/partitions/statements'
import { env } from '@/lib/env'
import { areAllAdopted } from '../evidence/adoption'
import { exportLog } from '../evidence/export-log'
import { setFailureLog } from '../failure-log'
import { keepPartitions } from './keep-partitions'
import { removeExpired } from './remove-expired'

// Long ago, for the clock of the database has to say so too: a partition for the week of each of two Mondays, and others for none.
const monday = (weeks: number) => new Date(Date.UTC(2024, 2, 4 + 7 * weeks))
const [first, second] = ['Decision_20240304', 'Decision_20240311']
const databases = bothDatabases({ from: monday(0), to: monday(2) })
const db = () => databases.client('partitioned')
const sql = (statement: string) => onPostgresql(databases.url('partitioned'), (client) => client.query(statement))
const later = (date: Date, days: number) => new Date(date.getTime() + days * 86_400_000)

let log: string
const failures: string[] = []
beforeEach(async () => {
  env().retentionDays = {}
  failures.length = 0
  setFailureLog((_, what) => void failures.push(what))
  await sql('TRUNCATE "Decision", "UnsealedRecord", "Organization" CASCADE')
  await partitionByWeek(databases.url('partitioned'), monday(0), monday(2))
  if (!(await areAllAdopted(db()))) await adopt(db())
  log = await newOrganization(db())
})

async function decided(at: Date, accepted: boolean, owner: string | null = log) {
  const row = { ...decision(owner, accepted), at }
  await decide(db(), row)
  return row.id
}
/** Removes what can be removed at a time. */
async function clean(now: Date, database = db()) {
  const removed: Record<string, number> = {}
  const onRemoved = (kind: string, count: number) => {
    removed[kind] = (removed[kind] ?? 0) + count
  }
  await removeExpired({ db: database, now, mayGoOn: async () => true, pause: async () => {}, onRemoved })
  return removed
}
const left = async () => (await db().decision.findMany({ select: { id: true } })).map(({ id }) => id).sort()
const partitions = async () => {
  const found = await onPostgresql(databases.url('partitioned'), (client) => readPartitioning(client, 'public'))
  return found?.partitions.map(({ name }) => name)
}
const removals = async (of: string) => {
  const rows = await db().chainEntry.findMany({ where: { organizationId: log, recordId: `removed:${of}` } })
  return rows.map(({ entry }) => JSON.parse(entry).before)
}

test('accepted decisions wait until their whole partition goes, and the log is intact, offline too', async () => {
  const old = [await decided(monday(0), true), await decided(later(monday(0), 6.9), true)]
  const refused = await decided(later(monday(0), 1), false)
  const next = await decided(later(monday(1), 1), true)
  await decided(monday(0), true, null)
  await sealAll(db())
  await sql('ANALYZE "Decision"')
  // In the middle of the 90 days of the first partition; the 30 days of its refusals are over.
  expect(await clean(later(monday(0), 94))).toEqual({ 'refused-decisions': 1 })
  expect(await left()).not.toContain(refused)
  expect(await left()).toEqual(expect.arrayContaining(old))
  expect(await removals('accepted')).toEqual([])

  await sql('ANALYZE "Decision"')
  expect(await clean(later(monday(1), 90))).toMatchObject({ 'accepted-decisions': 3 })
  expect(await partitions()).toEqual([second, 'Decision_default'])
  expect(await left()).toEqual([next])
  expect(await removals('accepted')).toEqual([monday(1).toISOString()])
  for (const of of [log, '']) expect(await verified(db(), of)).toMatchObject({ intact: true })
  const lines: string[] = []
  for await (const line of exportLog(db(), log, new Date())) lines.push(`${JSON.stringify(line)}\n`)
  const offline = await verifyExport(Readable.from(lines), { keys: null, kept: () => [], onProgress: () => {} })
  expect(offline).toMatchObject({ problems: [], counts: { removed: 3, records: 1 } })
  expect(failures).toEqual([])
})

test('a partition is not dropped while refused decisions in it are kept longer', async () => {
  env().retentionDays = { 'refused-decisions': 400 }
  const ids = [await decided(monday(0), true), await decided(monday(0), false)]
  expect(await clean(later(monday(1), 100))).toEqual({ 'accepted-decisions': 1 })
  expect([await left(), await partitions()]).toEqual([[ids[1]], [first, second, 'Decision_default']])
})

test('a partition that was dropped by hand is named by verification', async () => {
  const ids = [await decided(monday(0), true), await decided(monday(0), false)]
  await sealAll(db())
  await sql(`DROP TABLE "${first}"`)
  const { all } = await verified(db(), log)
  expect(all.map(({ code, record }) => [code, record]).sort()).toEqual(ids.map((id) => ['record-missing', id]).sort())
})

test('a second decision with the id of another is named by verification, whichever is read first', async () => {
  const row = { ...decision(log), at: monday(1) }
  await decide(db(), row)
  await sealAll(db())
  expect(await verified(db(), log)).toMatchObject({ intact: true })
  for (const at of [monday(0), later(monday(1), 3)]) {
    await db().decision.create({ data: { ...row, at, identityName: 'x', subject: 'another' } })
    expect((await verified(db(), log)).all).toMatchObject([{ code: 'record-changed', record: row.id }])
    await db().decision.deleteMany({ where: { at } })
  }
})

test('logs of organizations that are gone are told too', async () => {
  await decided(monday(0), true)
  await sealAll(db())
  await db().organization.deleteMany()
  await clean(later(monday(1), 90))
  expect(await left()).toEqual([])
  expect(await verified(db(), log)).toMatchObject({ intact: true, removed: 1 })
})

test('a partition that another transaction reads is kept whole until that has ended, no login waits, and the log is told once', async () => {
  const id = await decided(monday(0), true)
  const expired = later(monday(1), 90)
  await onPostgresql(databases.url('partitioned'), async (reader) => {
    await reader.query('BEGIN; SELECT 1 FROM "Decision"')
    expect(await clean(expired)).toEqual({})
    const fresh = await decided(new Date(), true)
    expect(await left()).toEqual([id, fresh].sort())
    await reader.query('COMMIT')
  })
  expect(failures).toMatchObject([expect.stringMatching(/is held by another transaction, such as a backup/)])
  await clean(later(expired, 0.1))
  expect(await left()).not.toContain(id)
  expect(await partitions()).not.toContain(first)
  expect(await removals('accepted')).toHaveLength(1)
})

test('a server whose role does not own the table writes logins, removes decisions one by one, and says what to change', async () => {
  const role = `server_${log.slice(0, 8)}`
  await sql(`CREATE ROLE ${role} LOGIN PASSWORD 'server';
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${role}`)
  const as = new URL(databases.url('partitioned'))
  Object.assign(as, { username: role, password: 'server' })
  const server = connect(as.href)
  try {
    await decided(monday(0), true)
    expect(await keepPartitions(server)).toBe(true)
    expect(failures).toMatchObject([expect.stringMatching(/role of this server may not make partitions/)])
    const fresh = { ...decision(log), at: new Date() }
    await decide(server, fresh)
    expect(await clean(later(monday(1), 90), server)).toEqual({ 'accepted-decisions': 1 })
    expect(failures.at(-1)).toMatch(/could not be dropped, so they are removed one by one/)
    expect(await left()).toEqual([fresh.id])
  } finally {
    await server.$disconnect()
    await sql(`DROP OWNED BY ${role}; DROP ROLE ${role}`)
  }
})

test('decisions that came when there was no partition stay where they are, which is logged, and are removed one by one', async () => {
  const [present, past] = [await decided(new Date(), true), await decided(later(monday(0), -3), true)]
  expect(await keepPartitions(db())).toBe(true)
  expect(failures).toMatchObject([expect.stringMatching(/are in the default partition, because none was made in time/)])
  // For this week there is none, for those after it there is one.
  expect((await partitions())?.length).toBe(3 + 2)
  expect(await clean(later(monday(0), 94))).toEqual({ 'accepted-decisions': 1 })
  expect(await left()).toEqual([present])
  expect(await left()).not.toContain(past)
})

test('what was there before the table was partitioned is removed one by one, and its partition dropped at last', async () => {
  await sql(`CREATE TABLE former PARTITION OF "Decision" FOR VALUES FROM (MINVALUE) TO ('2024-03-04')`)
  const [old, newer] = [await decided(later(monday(0), -9), true), await decided(later(monday(0), -2), true)]
  expect(await clean(later(monday(0), 85))).toEqual({ 'accepted-decisions': 1 })
  expect(await left()).toEqual([newer])
  expect(await left()).not.toContain(old)
  await clean(later(monday(0), 90))
  expect([await left(), await partitions()]).toEqual([[], [first, second, 'Decision_default']])
})

test('partitions are made ahead, once', async () => {
  await keepPartitions(db())
  const made = await partitions()
  expect(made?.length).toBe(3 + 3)
  await keepPartitions(db())
  expect(await partitions()).toEqual(made)
  expect(failures).toEqual([])
})

test('the check of a conversion that was interrupted is removed before it refuses a login', async () => {
  const plain = databases.client('postgresql')
  const named = () =>
    plain.$queryRawUnsafe(`SELECT conname FROM pg_constraint WHERE conname LIKE 'Decision\\_until\\_%'`)
  for (const [days, isKept] of [
    [3, true],
    [1, false],
  ] as const) {
    const day = new Date(Math.floor(later(new Date(), days).getTime() / 86_400_000) * 86_400_000)
    await plain.$executeRawUnsafe(addCheck('public', day))
    expect(await keepPartitions(plain)).toBe(true)
    expect(await named()).toHaveLength(isKept ? 1 : 0)
    await plain.$executeRawUnsafe(
      `ALTER TABLE "Decision" DROP CONSTRAINT IF EXISTS "Decision_until_${day.toISOString().slice(0, 10).replaceAll('-', '')}"`,
    )
  }
})
