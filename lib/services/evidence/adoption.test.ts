import { beforeEach, describe, expect, test } from 'vitest'
import { withoutGuards } from '@/e2e/fixtures/append-only'
import { bothDatabases, databaseNames } from '@/e2e/fixtures/both-databases'
import { watchedClient } from '@/e2e/fixtures/query-plans'
import { act, adopt, decision, newOrganization, sealAll, sealedLog, verified } from '@/e2e/fixtures/sealed-log'
import { markAdopted } from './adopt-records'
import { areAllAdopted, isAdopted, saysAdopted } from './adoption'

const databases = bothDatabases()

describe.each(databaseNames)('on %s', (name) => {
  const db = () => databases.client(name)
  const byHand = (work: () => Promise<unknown>) => withoutGuards(db(), name, work)

  const insert = async (log: string) => {
    const row = decision(log)
    await db().decision.create({ data: { ...row, identityName: 'x' } })
    return row.id
  }
  const recordIds = ['adopted', 'began']

  describe('before the logs', () => {
    beforeEach(async () => {
      await byHand(() => db().chainEntry.deleteMany())
      await db().chainHead.deleteMany()
      await db().unsealedRecord.deleteMany()
    })

    test('records that are older than the logs are taken up once, as they are', async () => {
      const log = await newOrganization(db())
      const old = await insert(log)
      await act(db(), log, 'since the logs')
      await sealAll(db())
      expect(await verified(db(), log)).toMatchObject({ intact: true, unsealed: 1, adopted: 0 })
      await adopt(db())
      expect(await verified(db(), log)).toMatchObject({ intact: true, records: 2, adopted: 1, unsealed: 0 })
      await db().decision.update({ where: { id: old }, data: { subject: 'another' } })
      await adopt(db())
      expect((await verified(db(), log)).all).toMatchObject([{ code: 'record-changed', record: old }])
    })

    test('a log that began while others were taken up says afterwards that it is complete', async () => {
      const log = await newOrganization(db())
      await act(db(), log, 'early')
      await sealAll(db())
      await db().chainHead.findUniqueOrThrow({ where: { organizationId: log } })
      await adopt(db())
      await markAdopted(db(), new Date())
      expect(await db().chainEntry.count({ where: { organizationId: log, recordId: 'adopted' } })).toBe(1)
    })
  })

  test('a record that was inserted after the sign of completeness of all logs was deleted is named, and never taken up', async () => {
    const log = await sealedLog(db())
    await byHand(() => db().chainEntry.deleteMany({ where: { organizationId: '', recordId: 'adopted' } }))
    expect([await areAllAdopted(db()), await isAdopted(db(), log)]).toEqual([false, true])
    const forged = await insert(log)
    expect((await verified(db(), log)).all).toMatchObject([{ code: 'record-unknown', record: forged }])
    await adopt(db())
    expect((await verified(db(), log)).all).toMatchObject([{ code: 'record-unknown', record: forged }])
    expect((await verified(db(), '')).intact).toBe(false)
  })

  test('a log whose own sign was deleted as well is not intact', async () => {
    const log = await sealedLog(db())
    await byHand(() =>
      db().chainEntry.deleteMany({ where: { recordId: { in: recordIds }, organizationId: { in: ['', log] } } }),
    )
    await insert(log)
    expect((await verified(db(), log)).all[0]).toMatchObject({ code: 'entry-missing', seq: 1 })
  })
})

test('on SQLite, whether a log is complete is read by the index of its records, however long the log is', async () => {
  const client = watchedClient(databases.url('sqlite'))
  try {
    const statements = await client.statementsOf(() => saysAdopted(client.db, 'a log'))
    expect(statements).toHaveLength(1)
    for (const { query, params } of statements) {
      const plan = await client.db.$queryRawUnsafe<{ detail: string }[]>(`EXPLAIN QUERY PLAN ${query}`, ...params)
      expect(plan.map(({ detail }) => detail)).toEqual([expect.stringContaining('(organizationId=? AND recordId=?')])
    }
  } finally {
    await client.db.$disconnect()
  }
})
