import { beforeEach, describe, expect, test } from 'vitest'
import { bothDatabases, databaseNames } from '@/e2e/fixtures/both-databases'
import {
  act,
  acting,
  at,
  decide,
  decision,
  minutesLater,
  sealAll,
  sealedLog,
  verified,
} from '@/e2e/fixtures/sealed-log'
import { inTransaction } from '@/lib/db/transaction'
import { env } from '@/lib/env'
import type { LogProblem, VerificationLine } from '@/lib/model/evidence'
import type { RecordKind } from '@/lib/model/retention'
import { record } from '../audit/record'
import { removeExpired } from '../retention/remove-expired'
import { appendEntries } from './append-entries'
import { verifyLog } from './verify-log'

const databases = bothDatabases()
const day = 24 * 60

describe.each(databaseNames)('on %s', (name) => {
  const db = () => databases.client(name)
  let log: string

  beforeEach(async () => {
    env().retentionDays = {}
    await db().auditEntry.deleteMany()
    await db().organization.deleteMany()
    await db().decision.deleteMany()
    await db().retentionPeriod.deleteMany()
    log = await sealedLog(db())
  })

  const clean = (now: Date) =>
    removeExpired({ db: db(), now, mayGoOn: async () => true, pause: async () => {}, onRemoved: () => {} })
  const store = (kind: RecordKind, days: number) =>
    db().retentionPeriod.upsert({ where: { kind }, create: { kind, days }, update: { days } })
  /** As an admin sets it, at `at`. */
  const set = async (kind: RecordKind, days: number) => {
    await inTransaction({ db: db() }, (tx) =>
      record(tx, acting(log), { action: 'retention.updated', before: {}, after: { [kind]: days } }),
    )
    await store(kind, days)
    await sealAll(db())
  }
  const decisions = () => db().decision.count({ where: { organizationId: log } })
  const problems = async (now = at): Promise<LogProblem[]> => (await verified(db(), log, now)).all
  const removals = async () => {
    const rows = await db().chainEntry.findMany({
      where: { organizationId: log, recordId: { startsWith: 'removed:' } },
      orderBy: { seq: 'asc' },
    })
    return rows.map(({ entry }) => JSON.parse(entry))
  }

  test('a shorter period that was written into the database removes nothing and is named', async () => {
    await store('accepted-decisions', 1)
    await clean(minutesLater(89 * day))
    expect(await db().decision.count({ where: { organizationId: log, accepted: true } })).toBe(2)
    expect(await problems()).toMatchObject([{ code: 'retention-changed' }])
  })

  test('a longer period that an admin has set holds when its row is deleted or changed in the database', async () => {
    await set('accepted-decisions', 365)
    expect(await problems()).toEqual([])
    await db().retentionPeriod.deleteMany()
    await clean(minutesLater(200 * day))
    await store('accepted-decisions', 7)
    await clean(minutesLater(300 * day))
    expect(await db().decision.count({ where: { organizationId: log, accepted: true } })).toBe(2)
    expect(await problems()).toMatchObject([{ code: 'retention-changed' }])
  })

  test('an act that was changed to allow a shorter period does not count', async () => {
    await set('accepted-decisions', 365)
    await db().auditEntry.updateMany({
      where: { action: 'retention.updated' },
      data: { after: '{"accepted-decisions":1}' },
    })
    await store('accepted-decisions', 1)
    await clean(minutesLater(89 * day))
    expect(await db().decision.count({ where: { organizationId: log, accepted: true } })).toBe(2)
    expect((await problems()).map(({ code }) => code).sort()).toEqual(['record-changed', 'retention-changed'])
  })

  test('deleting the record of the act that set a longer period shortens nothing, also once retention explains that it is gone', async () => {
    await set('accepted-decisions', 3_000)
    await db().auditEntry.deleteMany({ where: { action: 'retention.updated' } })
    await db().retentionPeriod.deleteMany()
    expect((await problems()).map(({ code }) => code)).toEqual(['record-missing', 'retention-changed'].sort())
    const now = minutesLater(500 * day)
    await clean(now)
    expect(await db().decision.count({ where: { organizationId: log, accepted: true } })).toBe(2)
    expect((await problems()).map(({ code }) => code)).toEqual(['retention-changed'])
    // By a server of a version that does not know of the act any more.
    const before = minutesLater(410 * day).toISOString()
    const removed = { kind: 'removed' as const, of: 'accepted' as const, at: now.toISOString(), before, days: 90 }
    await appendEntries(db(), { log, now, entries: () => [{ ...removed, follows: 'default' }] })
    const told = await problems()
    expect(told.map(({ message }) => message)).toContainEqual(expect.stringContaining('last act on record says 3000'))
  })

  test('the log is told of an act that was sealed by a version which did not, once', async () => {
    await inTransaction({ db: db() }, (tx) =>
      record(tx, acting(log), { action: 'retention.updated', before: {}, after: { 'audit-entries': 500 } }),
    )
    const note = await db().unsealedRecord.findFirstOrThrow({ where: { organizationId: log } })
    const { recordId: id, digest } = note
    const sealed = { kind: 'audit' as const, id, at: note.at.toISOString(), digest }
    await appendEntries(db(), { log, now: at, entries: () => [sealed] })
    await db().unsealedRecord.deleteMany({ where: { recordId: id } })
    await store('audit-entries', 500)
    for (const _ of [1, 2]) await clean(at)
    const known = await db().chainEntry.findMany({ where: { organizationId: log, recordId: 'retention' } })
    expect(known.map(({ entry }) => JSON.parse(entry))).toMatchObject([{ of: id, days: '{"audit-entries":500}' }])
    expect(await problems()).toEqual([])
  })

  test('what is removed names the days and the act that set them, which stays', async () => {
    await set('accepted-decisions', 20)
    await set('audit-entries', 30)
    const acts = await db().auditEntry.findMany({ where: { action: 'retention.updated' }, orderBy: { at: 'asc' } })
    const idOf = (kind: string) => acts.find(({ after }) => after?.includes(kind))?.id
    await clean(minutesLater(50 * day))
    expect(await removals()).toMatchObject([
      { of: 'accepted', days: 20, follows: idOf('accepted-decisions') },
      { of: 'refused', days: 30, follows: 'default' },
      { of: 'audit', days: 30, follows: idOf('audit-entries') },
    ])
    expect(await db().auditEntry.count({ where: { organizationId: log } })).toBe(2)
    expect(await verified(db(), log)).toMatchObject({ intact: true, removed: 6, records: 2 })
  })

  test('a removal that goes further than its days, or than the act that it follows, is named', async () => {
    await set('accepted-decisions', 20)
    const act = await db().auditEntry.findFirstOrThrow({ where: { action: 'retention.updated' } })
    const now = minutesLater(50 * day)
    const removed = { kind: 'removed' as const, of: 'accepted' as const, at: now.toISOString() }
    const before = (days: number) => minutesLater((50 - days) * day).toISOString()
    const entries = [
      { ...removed, before: before(19), days: 20, follows: act.id },
      { ...removed, before: before(10), days: 10, follows: act.id },
      { ...removed, before: before(10), days: 10, follows: 'default' },
    ]
    for (const entry of entries) await appendEntries(db(), { log, now, entries: () => [entry] })
    expect((await problems()).map(({ code }) => code)).toEqual(Array(3).fill('retention-changed'))
  })

  test('records that wait to be sealed for longer than a server needs are named until they are sealed', async () => {
    await act(db(), log, 'waits')
    expect(await problems(minutesLater(14))).toEqual([])
    expect(await problems(minutesLater(16))).toMatchObject([{ code: 'sealing-delayed' }])
    await sealAll(db())
    expect(await problems(minutesLater(16))).toEqual([])
    await decide(db(), decision(log, false, 0))
    await sealAll(db())
    expect(await problems(minutesLater(84))).toEqual([])
    expect(await problems(minutesLater(86))).toMatchObject([{ code: 'sealing-delayed' }])
  })

  test('what retention removes while a log is verified is not missing', async () => {
    const lines: VerificationLine[] = []
    for await (const line of verifyLog(db(), log, at)) {
      if (lines.length === 0) await clean(minutesLater(1_000 * day))
      lines.push(line)
    }
    expect(await decisions()).toBe(0)
    expect(lines.filter((line) => 'problem' in line)).toEqual([])
    expect(lines.at(-1)).toMatchObject({ result: { intact: true, removed: 6 } })
  })

  test('a record that is deleted by hand while retention removes others is missing', async () => {
    const fresh = decision(log)
    fresh.at = minutesLater(999 * day)
    await decide(db(), fresh)
    await sealAll(db())
    await clean(minutesLater(1_000 * day))
    await db().decision.delete({ where: { id: fresh.id } })
    expect(await problems()).toMatchObject([{ code: 'record-missing', record: fresh.id }])
  })
})
