import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
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
import { connect } from '@/lib/db/client'
import { loginStoreOf } from '@/lib/db/login-store/stores'
import { inTransaction } from '@/lib/db/transaction'
import { record } from '../audit/record'
import { removeExpired } from '../retention/remove-expired'
import { sealRecords } from './seal-records'

const databases = bothDatabases()

describe.each(databaseNames)('on %s', (name) => {
  const db = () => databases.client(name)
  let log: string

  beforeEach(async () => {
    log = await sealedLog(db())
  })

  const decisions = () => db().decision.findMany({ where: { organizationId: log }, orderBy: { id: 'asc' } })
  const links = () => db().chainEntry.findMany({ where: { organizationId: log }, orderBy: { seq: 'asc' } })

  test('records are in the log in one order, and their log is found to be intact', async () => {
    expect(await verified(db(), log)).toMatchObject({ intact: true, entries: 7, records: 6, unsealed: 0, all: [] })
    expect((await links()).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7])
  })

  test('entries are canonical JSON, and each hash is the SHA-256 of the hash before, a line feed and the entry', async () => {
    const hash = (text: string) => createHash('sha256').update(text).digest('hex')
    let before = hash(canonicalize({ log }) ?? '')
    for (const link of await links()) {
      expect(canonicalize(JSON.parse(link.entry))).toBe(link.entry)
      before = hash(`${before}\n${link.entry}`)
      expect(link.hash).toBe(before)
    }
  })

  test('what is not in the log yet is counted, not missed', async () => {
    await act(db(), log, 'fresh')
    expect(await verified(db(), log)).toMatchObject({ intact: true, entries: 7, unsealed: 1 })
  })

  const actsInTurn = async (client: ReturnType<typeof db>, count: number) => {
    for (let number = 0; number < count; number++) await act(client, log, `one of ${count}`)
  }

  test('several writers and sealers at once lose nothing and break nothing', async () => {
    // Without its thread, a second writer of a SQLite file in this process would wait for itself.
    const second = name === 'sqlite' ? db() : connect(databases.url(name))
    try {
      const writers = [db(), second].flatMap((client) => [
        ...Array.from({ length: 60 }, (_, number) => decide(client, decision(log, number % 2 === 0))),
        actsInTurn(client, 10),
      ])
      let isDone = false
      const sealing = [db(), second].map(async (client) => {
        while (!isDone) {
          await sealRecords(client, at, new Map())
          // Without a thread of its own nothing in there waits, and the writers would have no turn.
          await new Promise(setImmediate)
        }
      })
      await Promise.all(writers).finally(() => {
        isDone = true
      })
      await Promise.all(sealing)
      await sealAll(db())
    } finally {
      if (second !== db()) await second.$disconnect()
    }
    expect(await verified(db(), log)).toMatchObject({ intact: true, entries: 147, records: 146, unsealed: 0 })
  })

  test('a record whose transaction ends late is sealed when it is there', async () => {
    let end = () => {}
    const ended = new Promise<void>((resolve) => {
      end = resolve
    })
    if (name === 'sqlite') return end()
    let begun = () => {}
    const hasBegun = new Promise<void>((resolve) => {
      begun = resolve
    })
    const late = inTransaction({ db: db() }, async (tx) => {
      await record(tx, acting(log), { action: 'project.created' })
      begun()
      await ended
    })
    await hasBegun
    await decide(db(), decision(log))
    await sealAll(db(), minutesLater(1))
    end()
    await late
    await sealAll(db(), minutesLater(2))
    expect(await verified(db(), log)).toMatchObject({ intact: true, records: 8, unsealed: 0 })
  })

  test('what retention removes leaves the log intact; one record more that is missing is named', async () => {
    const fresh = decision(log)
    fresh.at = minutesLater(60 * 24 * 1_000)
    await decide(db(), fresh)
    await sealAll(db(), fresh.at)
    const now = minutesLater(60 * 24 * 900)
    await removeExpired({ db: db(), now, mayGoOn: async () => true, pause: async () => {}, onRemoved: () => {} })
    expect(await decisions()).toHaveLength(1)
    expect(await verified(db(), log)).toMatchObject({ intact: true, removed: 6, records: 1 })
    await db().decision.delete({ where: { id: fresh.id } })
    expect((await verified(db(), log)).all).toMatchObject([{ code: 'record-missing', record: fresh.id }])
  })

  test('the number of acts counted into a record is sealed an hour later, and its change named from then on', async () => {
    const row = decision(log, false, 0)
    await decide(db(), row)
    await sealAll(db())
    await loginStoreOf(db()).keep({ issued: null, decision: decision(log, false), countInto: [row.id] })
    await sealAll(db(), minutesLater(71))
    expect(await verified(db(), log)).toMatchObject({ intact: true })
    await db().decision.update({ where: { id: row.id }, data: { repeats: 0 } })
    expect((await verified(db(), log)).all).toMatchObject([{ code: 'count-changed', record: row.id }])
  })
})
