import { describe, expect, test } from 'vitest'
import { bothDatabases, databaseNames } from '@/e2e/fixtures/both-databases'
import { at, decide, decision, minutesLater, newOrganization, sealAll, sealedLog } from '@/e2e/fixtures/sealed-log'
import { announceIncidents } from './announce-incidents'
import { keepIncidents } from './keep-incidents'

const databases = bothDatabases()

/** What people with access to the database can do to rows of incidents: grouping goes on, here and elsewhere. */
describe.each(databaseNames)('on %s', (name) => {
  const db = () => databases.client(name)
  const run = (sql: string) => db().$executeRawUnsafe(sql)
  const unreadable = name === 'sqlite' ? ["'x'", "x'00ff'", '1.5', '-7', '2000000000'] : ['-7', '2000000000']

  async function refuse(log: string) {
    const row = { ...decision(log, false), reason: 'signature_invalid' }
    await decide(db(), row)
    await sealAll(db())
  }
  const keep = () => {
    let batches = 0
    const pacing = { mayGoOn: async () => ++batches < 500, pause: async () => {} }
    return keepIncidents({ db: db(), now: () => minutesLater(1) }, pacing)
  }
  const counted = async (log: string) => {
    const rows = await db().incident.findMany({ where: { organizationId: log, reason: 'signature_invalid' } })
    return rows.reduce((sum, { count }) => sum + count, 0)
  }

  test.each(
    unreadable.flatMap(
      (value) =>
        [
          ['seq', value],
          ['version', value],
        ] as const,
    ),
  )(
    'a cursor whose %s was set to %s skips nothing, counts nothing twice and stops no other log',
    async (column, value) => {
      const [log, other] = [await newOrganization(db()), await newOrganization(db())]
      await refuse(log)
      await keep()
      await run(`UPDATE "IncidentCursor" SET "${column}" = ${value} WHERE "organizationId" = '${log}'`)
      await refuse(log)
      await refuse(other)
      await keep()
      await keep()
      expect([await counted(log), await counted(other)]).toEqual([2, 1])
    },
  )

  test('a stored end that was too far ahead for a moment hides no later refusal', async () => {
    const log = await newOrganization(db())
    await refuse(log)
    await run(`UPDATE "ChainHead" SET "seq" = 2000000000 WHERE "organizationId" = '${log}'`)
    await keep()
    await refuse(log)
    await keep()
    expect(await counted(log)).toBe(2)
  })

  test.each(['"count" = 0', '"count" = 2147483647', '"stateVersion" = -1'])(
    'an incident with %s does not stop those of its log',
    async (set) => {
      const log = await newOrganization(db())
      await refuse(log)
      await keep()
      await run(`UPDATE "Incident" SET ${set} WHERE "organizationId" = '${log}'`)
      await refuse(log)
      const other = await newOrganization(db())
      await refuse(other)
      await keep()
      expect(await db().incidentRefusal.count({ where: { organizationId: log } })).toBe(2)
      expect(await counted(other)).toBe(1)
    },
  )

  if (name === 'sqlite') {
    test('an incident that cannot be named keeps no other from being announced', async () => {
      const log = await sealedLog(db())
      await keep()
      await announceIncidents(db(), at)
      await refuse(log)
      await keep()
      const planted = (
        number: number,
      ) => `INSERT INTO "Incident" SELECT x'00${number.toString(16).padStart(2, '0')}' AS "id",
        ${columns.map((column) => `"${column}"`).join(', ')} FROM "Incident" WHERE "organizationId" = '${log}' LIMIT 1`
      const columns = (await db().$queryRawUnsafe<{ name: string }[]>(`PRAGMA table_info("Incident")`)).flatMap(
        (one) => (one.name === 'id' ? [] : [one.name]),
      )
      await run(
        planted(1).replace(
          'INSERT INTO "Incident"',
          `INSERT INTO "Incident" ("id", ${columns.map((c) => `"${c}"`).join(', ')})`,
        ),
      )
      await db().incident.updateMany({ where: { organizationId: log }, data: { announceAt: at } })
      await run(`UPDATE "Incident" SET "announceAt" = '2026-06-01T12:00:00.123+00:00' WHERE typeof("id") = 'blob'`)
      await announceIncidents(db(), at)
      const left = await db().incident.findMany({ where: { organizationId: log, announceAt: { not: null } } })
      expect(left.map(({ id }) => id.startsWith('\ufffd'))).toEqual([true])
      await run(`DELETE FROM "Incident" WHERE typeof("id") = 'blob'`)
    })
  }
})
