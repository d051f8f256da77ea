import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DriverAdapterError, type SqlQuery } from '@prisma/driver-adapter-utils'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSession, type SqliteSession } from './session'

let folder: string
let file: string
let session: SqliteSession
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'keybound-session-'))
  file = path.join(folder, 'a.db')
  session = await openSession(`file:${file}`)
  await session.executeScript('PRAGMA journal_mode = WAL; CREATE TABLE t (id TEXT PRIMARY KEY, n INTEGER, at DATETIME)')
})
afterEach(async () => {
  await session.dispose()
  rmSync(folder, { recursive: true, force: true })
})

const query = (sql: string, ...args: unknown[]): SqlQuery => ({
  sql,
  args,
  argTypes: args.map(() => ({ scalarType: 'unknown', arity: 'scalar' })),
})
const insert = (id: string, n: unknown = 1) => session.executeRaw(query('INSERT INTO t (id, n) VALUES (?, ?)', id, n))
const causeOf = async (promise: Promise<unknown>) => {
  const error = await promise.catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(DriverAdapterError)
  return (error as DriverAdapterError).cause
}

test('64-bit integers come back exact, those of expressions beyond 2^53 as text', async () => {
  await insert('small', 2 ** 53 - 1)
  await insert('large', 2n ** 62n)
  const { rows } = await session.queryRaw(query('SELECT n + 0 AS n FROM t ORDER BY t.n'))
  expect(rows).toEqual([[9007199254740991], ['4611686018427387904']])
})

test('a prepared statement is used again with other values, and sees a new column', async () => {
  await insert('a')
  expect(await session.queryRaw(query('SELECT * FROM t WHERE id = ?', 'a'))).toMatchObject({ rows: [['a', 1, null]] })
  expect(await session.queryRaw(query('SELECT * FROM t WHERE id = ?', 'b'))).toMatchObject({ rows: [] })
  await session.executeScript('ALTER TABLE t ADD COLUMN more TEXT')
  expect(await session.queryRaw(query('SELECT * FROM t WHERE id = ?', 'a'))).toMatchObject({
    columnNames: ['id', 'n', 'at', 'more'],
    rows: [['a', 1, null, null]],
  })
})

test('a text with U+0000 is refused, as PostgreSQL refuses it, and not cut off there', async () => {
  expect(await causeOf(insert('https://issuer.example\0.attacker.example'))).toMatchObject({
    kind: 'InvalidInputValue',
  })
  expect(await session.queryRaw(query('SELECT id FROM t'))).toMatchObject({ rows: [] })
})

test('an error while reading rows has the same cause as one while writing them', async () => {
  await insert('a')
  for (const act of [
    () => session.executeRaw(query('INSERT INTO t (id) VALUES (?)', 'a')),
    () => session.queryRaw(query('INSERT INTO t (id) VALUES (?) RETURNING id', 'a')),
  ]) {
    expect(await causeOf(act())).toMatchObject({
      kind: 'UniqueConstraintViolation',
      constraint: { fields: ['id'] },
      table: 't',
    })
  }
})

test('a file that can grow no more is told from one that may not be written', async () => {
  await session.executeRaw(query('PRAGMA max_page_count = 1'))
  const grow = async () => {
    for (let n = 0; n < 100; n++) await insert('x'.repeat(1000) + n)
  }
  expect(await causeOf(grow())).toMatchObject({ kind: 'sqlite', extendedCode: 13 })
  await session.executeScript('PRAGMA query_only = ON')
  expect(await causeOf(insert('b'))).toMatchObject({ kind: 'sqlite', extendedCode: 8 })
})

test('a lock is waited for without blocking the process, and then given up', async () => {
  const other = await openSession(`file:${file}`, 50)
  await session.executeRaw(query('BEGIN IMMEDIATE'))
  const waiting = other.executeRaw(query('INSERT INTO t (id) VALUES (?)', 'second'))
  await insert('first')
  await session.executeRaw(query('COMMIT'))
  expect(await waiting).toBe(1)

  await session.executeRaw(query('BEGIN IMMEDIATE'))
  expect(await causeOf(other.executeRaw(query('INSERT INTO t (id) VALUES (?)', 'third')))).toEqual({
    kind: 'SocketTimeout',
    originalCode: '5',
    originalMessage: 'database is locked',
  })
  await session.executeRaw(query('ROLLBACK'))
  await other.dispose()
})

test('a closed file is given back at once', async () => {
  await insert('a')
  await session.queryRaw(query('SELECT * FROM t'))
  await session.dispose()
  session = await openSession(`file:${file}`, 0)
  await session.executeScript('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT')
  expect(await session.queryRaw(query('SELECT count(*) FROM t'))).toMatchObject({ rows: [[1]] })
})

test.each([
  ["'not a date'", '1970-01-01T00:00:00.000Z'],
  ['9223372036854775807', '1970-01-01T00:00:00.000Z'],
  ["x'00'", '1970-01-01T00:00:00.000Z'],
  ["'2026-01-01T00:00:00.000+00:00'", '2026-01-01T00:00:00.000+00:00'],
  // Found and sorted otherwise than the times that are written, so it is not taken for one of them.
  ['1767225600000', '1970-01-01T00:00:00.000Z'],
  ['NULL', null],
])('a date that is none is long over, and takes no list down: %s', async (stored, read) => {
  await session.executeScript(`INSERT INTO t (id, at) VALUES ('a', ${stored})`)
  expect(await session.queryRaw(query('SELECT at FROM t'))).toMatchObject({ rows: [[read]] })
})

test('a text or a blob where a number is, and a blob where a text is, are read as -1 and as a text of its own', async () => {
  await session.executeScript("INSERT INTO t (id, n) VALUES ('a', 'many'), (x'62', 1.5)")
  expect(await session.queryRaw(query('SELECT id, n FROM t ORDER BY id'))).toMatchObject({
    rows: [
      ['a', -1],
      ['\uFFFDb', -1],
    ],
  })
})

test('a statement that waited elsewhere does not wait as long again', async () => {
  const patient = await openSession(`file:${file}`, 60_000)
  await session.executeRaw(query('BEGIN IMMEDIATE'))
  const late = patient.executeRaw(query("INSERT INTO t (id) VALUES ('late')"), performance.now())
  expect(await causeOf(late)).toMatchObject({ kind: 'SocketTimeout' })
  await session.executeRaw(query('ROLLBACK'))
  await patient.dispose()
})
