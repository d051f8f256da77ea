import { describe, expect, test } from 'vitest'
import { bothDatabases, databaseNames } from '@/e2e/fixtures/both-databases'
import {
  act,
  at,
  decide,
  decision,
  minutesLater,
  newOrganization,
  sealAll,
  sealedLog,
  verified,
} from '@/e2e/fixtures/sealed-log'
import { newId } from '@/lib/ids'
import { addDailyCheckpoints } from './make-checkpoint'
import { sealRecords } from './seal-records'

const databases = bothDatabases()

/** Values that a whole number, a text or a time is not, as each database can store them. */
const unreadable = {
  sqlite: ["'x'", "x'00ff'", '1.5', '-7', '9007199254740993', '1e300'],
  postgresql: ['-7', '2147483647', '-2147483648'],
} as const

describe.each(databaseNames)('on %s', (name) => {
  const db = () => databases.client(name)
  const run = (sql: string) => db().$executeRawUnsafe(sql)
  const codes = async (log: string) => (await verified(db(), log)).all.map(({ code }) => code)

  test.each(unreadable[name])(
    'a head at the place %s is named, and the log goes on after its last entry',
    async (seq) => {
      const [log, other] = [await sealedLog(db()), await newOrganization(db())]
      await run(`UPDATE "ChainHead" SET "seq" = ${seq} WHERE "organizationId" = '${log}'`)
      expect(await codes(log)).toContain('head-changed')
      await act(db(), log, 'later')
      await act(db(), other, 'elsewhere')
      await sealAll(db())
      expect(await verified(db(), log)).toMatchObject({
        entries: 9,
        records: 7,
        unsealed: 0,
        all: [{ code: 'head-changed', seq: 8 }],
      })
      expect(await verified(db(), other)).toMatchObject({ intact: true, records: 1 })
      await addDailyCheckpoints(db(), minutesLater(60))
      expect(await verified(db(), log)).toMatchObject({ entries: 10, checkpoints: 1, problems: 1 })
    },
  )

  test('records that were changed are named also while the head cannot be read', async () => {
    const log = await sealedLog(db())
    const [row] = await db().decision.findMany({ where: { organizationId: log } })
    await db().decision.update({ where: { id: row?.id ?? '' }, data: { subject: 'another' } })
    await run(`UPDATE "ChainHead" SET "seq" = -1 WHERE "organizationId" = '${log}'`)
    expect((await codes(log)).sort()).toEqual(['head-changed', 'record-changed'])
  })

  test.each(['hash', 'mac'])('a head whose %s is nonsense is replaced', async (column) => {
    const log = await sealedLog(db())
    await run(`UPDATE "ChainHead" SET "${column}" = 'x' WHERE "organizationId" = '${log}'`)
    await act(db(), log, 'later')
    await sealAll(db())
    expect(await codes(log)).toEqual(['head-changed'])
  })

  const plant = (log: string, seq: string, recordId: string) =>
    run(`INSERT INTO "ChainEntry" ("organizationId", "seq", "recordId", "entry", "hash")
      VALUES ('${log}', ${seq}, '${recordId}', '{"at":"2999-01-01T00:00:00.000Z","jws":"x","kind":"checkpoint","seq":7}', 'x')`)

  test.each(name === 'sqlite' ? ["'x'", "x'00'", '1.5', '-1', '9007199254740993', '2147483647'] : ['-1', '2147483647'])(
    'an entry at the place %s is named, vouches for no record and stops nothing',
    async (seq) => {
      const log = await sealedLog(db())
      const [first] = await db().auditEntry.findMany({ where: { organizationId: log }, take: 1 })
      const planted = newId()
      if (!first) throw new Error('There is no entry.')
      await db().auditEntry.create({ data: { ...first, id: planted } })
      await plant(log, seq, planted)
      const found = await codes(log)
      expect(found).toContain('entry-extra')
      if (seq !== '1.5') expect(found).toContain('record-unknown')
      await act(db(), log, 'later')
      await sealAll(db())
      expect(await verified(db(), log)).toMatchObject({ entries: 8, unsealed: 0 })
      expect(await codes(log)).not.toContain('head-changed')
    },
  )

  test('what was put at the place of a later checkpoint keeps none from being made, and is not listed', async () => {
    const log = await sealedLog(db())
    await plant(log, name === 'sqlite' ? "'x'" : '2147483647', 'checkpoint')
    await addDailyCheckpoints(db(), at)
    expect(await verified(db(), log)).toMatchObject({ checkpoints: 1 })
  })

  test('a log that cannot be added to keeps no other waiting, however many of its records wait', async () => {
    const [log, other] = [await sealedLog(db()), await newOrganization(db())]
    const failing = `CREATE TRIGGER "refuses" BEFORE INSERT ON "ChainEntry" `
    await run(
      name === 'sqlite'
        ? `${failing} WHEN NEW."organizationId" = '${log}' BEGIN SELECT RAISE(ABORT, 'no'); END`
        : `${failing} FOR EACH ROW WHEN (NEW."organizationId" = '${log}') EXECUTE FUNCTION refuse_chain_change()`,
    )
    const drop = `DROP TRIGGER "refuses"${name === 'sqlite' ? '' : ' ON "ChainEntry"'}`
    try {
      for (let number = 0; number < 250; number++) await act(db(), log, `waits ${number}`)
      await act(db(), other, 'is sealed')
      const failed = new Map<string, unknown>()
      while (!(await sealRecords(db(), at, failed)).isDone);
      expect([...failed.keys()]).toEqual([log])
      expect(await verified(db(), other)).toMatchObject({ intact: true, records: 1, unsealed: 0 })
    } finally {
      await run(drop)
    }
    await sealAll(db())
    expect(await verified(db(), log)).toMatchObject({ intact: true, unsealed: 0 })
  })

  test('times that are none are read as the beginning of 1970, and the rows are named', async () => {
    const log = await sealedLog(db())
    const counted = decision(log, false, 3)
    await decide(db(), counted)
    await sealAll(db())
    const times =
      name === 'sqlite' ? ["'x'", "x'00'", '1e300'] : ["'infinity'", "'-infinity'", "'0044-03-15 BC'", "'290000-01-01'"]
    for (const time of times) {
      await run(`UPDATE "Decision" SET "lastAt" = ${time}, "at" = ${time} WHERE "id" = '${counted.id}'`)
      expect(await db().decision.findUnique({ where: { id: counted.id } })).toMatchObject({
        at: new Date(0),
        lastAt: new Date(0),
      })
      expect(await codes(log), time).toContain('record-changed')
    }
    await sealAll(db(), minutesLater(80))
    expect(await codes(log)).toContain('record-changed')
  })

  if (name === 'sqlite') {
    test.each([
      ['organizationId', 'CAST("organizationId" AS BLOB)'],
      ['subject', `CAST("subject" AS BLOB)`],
      ['subject', `CAST(CAST("subject" AS BLOB) || x'00' || CAST('x' AS BLOB) AS TEXT)`],
      ['at', `CAST(strftime('%s', "at") AS INTEGER) * 1000 + 123`],
      ['at', `replace("at", '+00:00', 'Z')`],
      ['at', `'+00' || "at"`],
      ['accepted', `'x'`],
    ])('a %s that is stored otherwise (%s) is named: lists and filters pass it over', async (column, value) => {
      const log = await sealedLog(db())
      const [row] = await db().decision.findMany({ where: { organizationId: log, accepted: false } })
      await run(`UPDATE "Decision" SET "${column}" = ${value} WHERE "id" = '${row?.id}'`)
      expect((await verified(db(), log)).all).toMatchObject([{ record: row?.id }])
    })

    test('notes that cannot be named keep none from being sealed', async () => {
      const log = await sealedLog(db())
      for (let number = 0; number < 250; number++)
        await run(`INSERT INTO "UnsealedRecord" ("recordId", "kind", "organizationId", "at", "digest", "mac", "isCounted", "dueAt")
          VALUES (x'00${number.toString(16).padStart(4, '0')}', 'audit', '${log}', '', '', '', 0, '')`)
      await act(db(), log, 'is sealed')
      await sealAll(db())
      expect(await db().chainEntry.count({ where: { organizationId: log } })).toBe(8)
    })
  }
})
