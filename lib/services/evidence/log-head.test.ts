import { describe, expect, test } from 'vitest'
import { bothDatabases, databaseNames } from '@/e2e/fixtures/both-databases'
import { watchedClient } from '@/e2e/fixtures/query-plans'
import { act, at, newOrganization } from '@/e2e/fixtures/sealed-log'
import { newId } from '@/lib/ids'
import { exportLog, getLogHead, unsealedMax } from './export-log'

const databases = bothDatabases()

describe.each(databaseNames)('on %s', (name) => {
  const db = () => databases.client(name)

  test('records that wait are counted up to a number where the log is looked at, and all of them in its export', async () => {
    const log = await newOrganization(db())
    await act(db(), log, 'one')
    expect((await getLogHead(db(), log)).unsealed).toBe(1)
    const note = { kind: 'refused', organizationId: log, at, digest: '', mac: '', isCounted: false, dueAt: at }
    const more = Array.from({ length: unsealedMax + 5 }, () => ({ ...note, recordId: newId() }))
    await db().unsealedRecord.createMany({ data: more })
    expect((await getLogHead(db(), log)).unsealed).toBe(unsealedMax)
    let last: unknown
    for await (const line of exportLog(db(), log, at)) last = line
    expect(last).toMatchObject({ end: { unsealed: unsealedMax + 6 } })
    const client = watchedClient(databases.url(name))
    try {
      const statements = await client.statementsOf(() => getLogHead(client.db, log))
      for (const statement of statements) {
        expect(await client.faultsOf(statement, 2_500), statement.query).toEqual([])
      }
    } finally {
      await client.db.$disconnect()
    }
  })
})
