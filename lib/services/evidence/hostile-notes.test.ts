import { describe, expect, test } from 'vitest'
import { bothDatabases, databaseNames } from '@/e2e/fixtures/both-databases'
import { changeByHand, hostileChanges } from '@/e2e/fixtures/hostile-columns'
import { act, adopt, minutesLater, newOrganization, sealAll, verified } from '@/e2e/fixtures/sealed-log'
import { areAllAdopted } from './adoption'
import { sealRecords } from './seal-records'

const databases = bothDatabases()

/** What people with access to the database can do to notes of records that are not sealed yet. */
describe.each(databaseNames)('on %s', (name) => {
  const db = () => databases.client(name)
  const notesOf = (log: string) => db().unsealedRecord.findMany({ where: { organizationId: log } })
  const idsIn = async (log: string) => {
    const rows = await db().auditEntry.findMany({ where: { organizationId: log }, select: { id: true } })
    return rows.map(({ id }) => id)
  }
  const isSealed = async (id: string) => (await db().chainEntry.count({ where: { recordId: id } })) === 1

  test('a note that was changed by hand keeps no other record of its log from being sealed, and is named', async () => {
    if (!(await areAllAdopted(db()))) await adopt(db())
    const logs = new Map<string, { change: string; changed: string; other: string }>()
    for (const change of await hostileChanges(db(), name, 'UnsealedRecord')) {
      const log = await newOrganization(db())
      await act(db(), log, 'one', 'two')
      const [changed = '', other = ''] = await idsIn(log)
      if (await changeByHand(db(), name, 'UnsealedRecord', `"recordId" = '${changed}'`, change))
        logs.set(log, { change: `${change.column} = ${change.value}`, changed, other })
    }
    expect(logs.size).toBeGreaterThan(15)
    await sealAll(db())
    const recordId = { in: [...logs.values()].flatMap(({ changed, other }) => [changed, other]) }
    const places = await db().chainEntry.groupBy({ by: 'recordId', where: { recordId }, _count: true })
    const sealed = new Set(places.flatMap(({ recordId, _count }) => (_count === 1 ? [recordId] : [])))
    const wrong: string[] = []
    for (const [log, { change, changed, other }] of logs) {
      if (!sealed.has(other)) wrong.push(`${change}: the other record is not sealed`)
      if (sealed.has(changed)) continue
      const { intact, all } = await verified(db(), log, minutesLater(60))
      if (intact || all.length === 0) wrong.push(`${change}: nothing is named`)
    }
    expect(wrong).toEqual([])
  })

  test('notes that were planted by hand, more than are read at a time, keep no record from being sealed', async () => {
    if (!(await areAllAdopted(db()))) await adopt(db())
    const log = await newOrganization(db())
    await act(db(), log, 'planted')
    const [note] = await notesOf(log)
    if (!note) throw new Error('There is no note.')
    const columns = Object.keys(note).filter((column) => column !== 'recordId')
    const list = columns.map((column) => `"${column}"`).join(', ')
    const planted = (number: string) =>
      name === 'sqlite' ? `CAST('planted ' || ${number} AS BLOB)` : `'planted ' || ${number}`
    const numbers =
      name === 'sqlite'
        ? 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 450)'
        : 'WITH n AS (SELECT generate_series(1, 450) AS i)'
    await db().$executeRawUnsafe(
      `INSERT INTO "UnsealedRecord" ("recordId", ${list}) ${numbers}
       SELECT ${planted('i')}, ${list} FROM n, "UnsealedRecord" u WHERE u."recordId" = '${note.recordId}'`,
    )
    await act(db(), log, 'later')
    const ids = await idsIn(log)
    let rounds = 0
    const failed = new Map<string, unknown>()
    while (!(await sealRecords(db(), minutesLater(1), failed)).isDone && ++rounds < 20);
    for (const id of ids) expect(await isSealed(id)).toBe(true)
    expect(rounds).toBeLessThan(20)
  })
})
