import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { eventually } from '@/e2e/apis/eventually'
import { bothDatabases, databaseNames } from '@/e2e/fixtures/both-databases'
import type { LogBatch } from './log-rows'
import { loginStoreOf } from './stores'

const databases = bothDatabases()
const at = new Date('2026-06-01T12:00:00.123Z')

describe.each(databaseNames)('on %s', (name) => {
  const db = () => databases.client(name)
  const append = (batch: LogBatch) => loginStoreOf(db()).append(batch)

  const note = (log: string, recordId: string) => ({
    ...{ recordId, kind: 'audit', organizationId: log, at, digest: 'd', mac: 'm', isCounted: false, dueAt: at },
  })
  const first = (log: string, more: Partial<LogBatch> = {}): LogBatch => ({
    ...{ log, head: null, replacesHead: false, next: { seq: 1, hash: 'one', mac: 'mac', sealedAt: at } },
    ...{ entries: [{ seq: 1, recordId: 'a', entry: '{}', hash: 'one' }], done: [], following: [], ...more },
  })
  const entriesOf = (log: string) => db().chainEntry.count({ where: { organizationId: log } })

  test('a place in a log that another process took first is told as that, and nothing is written', async () => {
    const log = randomUUID()
    expect(await append(first(log))).toBe('written')
    expect(await append(first(log, { following: [note(log, randomUUID())] }))).toBe('overtaken')
    const head = { seq: 1, hash: 'another', mac: 'mac' }
    expect(await append(first(log, { head, next: { seq: 2, hash: 'two', mac: 'mac', sealedAt: at } }))).toBe(
      'overtaken',
    )
    const beside = { ...first(log), head: { seq: 1, hash: 'one', mac: 'mac' } }
    expect(await append(beside)).toBe('overtaken')
    expect(await entriesOf(log)).toBe(1)
    expect(await db().unsealedRecord.count({ where: { organizationId: log } })).toBe(0)
  })

  test('a note that is there already is a failure, which would be the same again, and nothing is written', async () => {
    const log = randomUUID()
    const data = note(log, randomUUID())
    await db().unsealedRecord.create({ data })
    await expect(append(first(log, { following: [data] }))).rejects.toThrow(/unique/i)
    expect(await entriesOf(log)).toBe(0)
    expect(await db().chainHead.findUnique({ where: { organizationId: log } })).toBeNull()
  })
})

test('a connection that PostgreSQL ends in the middle of a log is a failure of that one append, and of nothing else', async () => {
  const db = databases.client('postgresql')
  const log = randomUUID()
  const store = loginStoreOf(db)
  const batch = (seq: number, head: LogBatch['head']): LogBatch => ({
    ...{
      log,
      head,
      replacesHead: false,
      next: { seq, hash: `hash ${seq}`, mac: 'mac', sealedAt: at },
      done: [],
      following: [],
    },
    entries: [{ seq, recordId: 'a', entry: '{}', hash: `hash ${seq}` }],
  })
  expect(await store.append(batch(1, null))).toBe('written')
  const head = { seq: 1, hash: 'hash 1', mac: 'mac' }
  let outcome: Promise<unknown> = Promise.resolve()
  await db.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT 1 FROM "ChainHead" WHERE "organizationId" = ${log} FOR UPDATE`
    outcome = store.append(batch(2, head)).catch((error: unknown) => error)
    const waiting = () =>
      db.$queryRaw<{ pid: number }[]>`SELECT pid FROM pg_stat_activity
        WHERE wait_event_type = 'Lock' AND datname = current_database() AND query LIKE 'UPDATE%ChainHead%'`
    const [{ pid } = { pid: 0 }] = await eventually(waiting, (found) => found.length > 0)
    await db.$queryRaw`SELECT pg_terminate_backend(${pid})`
    expect(await outcome).toBeInstanceOf(Error)
  })
  expect(await store.append(batch(2, head))).toBe('written')
})
