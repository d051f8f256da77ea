import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { migratedDatabase } from '@/e2e/fixtures/new-database'
import { postgresqlServer, startPostgresql } from '@/e2e/fixtures/postgresql'
import { connect, type Db } from './client'
import { databaseProblemOf } from './database-problem'
import { migrate } from './migrate'
import { openSession } from './sqlite/session'

const large = (id: string) => ({ id, slug: id, name: 'x'.repeat(50_000) })
const writes = (db: Db, id: string): Record<string, () => Promise<unknown>> => ({
  'a write': () => db.organization.create({ data: large(id) }),
  'a transaction': () => db.$transaction((tx) => tx.organization.create({ data: large(`${id}-tx`) })),
})
const problemOf = (act: () => Promise<unknown>) => act().then(() => 'none', databaseProblemOf)

describe('a SQLite file', () => {
  let folder: string
  let url: string
  let db: Db
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'keybound-problem-'))
    url = (await migratedDatabase('sqlite', folder)).url
    db = connect(url)
  })
  afterAll(async () => {
    await db.$disconnect()
    rmSync(folder, { recursive: true, force: true })
  })

  test.each(['a write', 'a transaction'])(
    'that is full, read-only or locked fails %s with its own problem, and recovers',
    async (name) => {
      const act = writes(db, name)[name] as () => Promise<unknown>
      await db.$executeRawUnsafe('PRAGMA max_page_count = 1')
      expect(await problemOf(act)).toBe('full')
      await db.$executeRawUnsafe('PRAGMA max_page_count = 1000000')
      await db.$executeRawUnsafe('PRAGMA query_only = ON')
      expect(await problemOf(act)).toBe('read-only')
      await db.$executeRawUnsafe('PRAGMA query_only = OFF')
      const other = await openSession(url, 0)
      await other.executeScript('BEGIN EXCLUSIVE')
      expect(await problemOf(act)).toBe('busy')
      await other.executeScript('ROLLBACK')
      await other.dispose()
      expect(await problemOf(act)).toBe('none')
    },
    30_000,
  )
})

test('a statement of PostgreSQL that runs into the limit of its role is no failure of the request', async () => {
  const server = await postgresqlServer()
  const limited = new URL(await server.createDatabase())
  limited.searchParams.set('options', '-c statement_timeout=1')
  const db = connect(limited.href)
  try {
    expect(await problemOf(() => db.$queryRawUnsafe('SELECT pg_sleep(60)'))).toBe('busy')
    expect(await problemOf(() => db.$transaction((tx) => tx.$queryRawUnsafe('SELECT pg_sleep(60)')))).toBe('busy')
  } finally {
    await db.$disconnect()
    await server.stop()
  }
})

test('a PostgreSQL server that is a standby, or gone, is told apart', async () => {
  const server = await startPostgresql()
  const url = await server.createDatabase()
  await migrate(url)
  const readOnly = new URL(url)
  readOnly.searchParams.set('options', '-c default_transaction_read_only=on')
  const standby = connect(readOnly.href)
  const db = connect(url)
  try {
    for (const act of Object.values(writes(standby, 's'))) expect(await problemOf(act)).toBe('read-only')
    expect(await problemOf(() => db.organization.count())).toBe('none')
    await server.stop()
    for (const act of [() => db.organization.count(), ...Object.values(writes(db, 'g'))]) {
      expect(await problemOf(act)).toBe('unreachable')
    }
  } finally {
    await Promise.all([standby.$disconnect(), db.$disconnect(), server.stop()])
  }
})

test.each([
  [Object.assign(new Error('x'), { code: '53100' }), 'full'],
  [Object.assign(new Error('x'), { code: '08006' }), 'unreachable'],
  [Object.assign(new Error('x'), { code: '28P01' }), 'refused'],
  [Object.assign(new Error('x'), { code: 'XX001' }), 'damaged'],
  // SQLITE_IOERR_WRITE, an extended code.
  [Object.assign(new Error('x'), { errcode: 778 }), 'damaged'],
  [Object.assign(new Error('x'), { code: 'P2028' }), 'busy'],
  [new Error('Connection terminated unexpectedly'), 'unreachable'],
  [new Error('timeout exceeded when trying to connect'), 'unreachable'],
  [Object.assign(new AggregateError([Object.assign(new Error('x'), { code: 'ECONNREFUSED' })])), 'unreachable'],
  // A unique value that is taken, a syntax error, a fault of ours.
  [Object.assign(new Error('x'), { code: 'P2002' }), null],
  [Object.assign(new Error('x'), { code: '42601' }), null],
  [Object.assign(new Error('x'), { errcode: 2067 }), null],
  [new TypeError('x is not a function'), null],
])('%o is %s', (failure, problem) => {
  expect(databaseProblemOf(failure)).toBe(problem)
})
