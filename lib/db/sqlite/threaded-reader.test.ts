import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { DriverAdapterError, type SqlQuery } from '@prisma/driver-adapter-utils'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSession, type SqliteSession } from './session'
import { type Reader, readerOnThread } from './threaded-reader'

// Beside node_modules, as the built server is.
const folders = path.resolve('.cache')
let folder: string
let url: string
let session: SqliteSession
let reader: Reader
beforeAll(async () => {
  mkdirSync(folders, { recursive: true })
  folder = mkdtempSync(path.join(folders, 'reader-'))
  const outfile = path.join(folder, 'reader.mjs')
  const entryPoints = [path.join(import.meta.dirname, 'reader-thread.ts')]
  const banner = {
    js: "import { createRequire as requireOf } from 'node:module'\nconst require = requireOf(import.meta.url)",
  }
  await build({
    ...{ entryPoints, outfile, bundle: true, platform: 'node', format: 'esm', banner, logLevel: 'error' },
    external: ['@photostructure/sqlite'],
  })
  url = `file:${path.join(folder, 'a.db')}`
  session = await openSession(url)
  await session.executeScript(`PRAGMA journal_mode = WAL; CREATE TABLE t (id TEXT PRIMARY KEY, n INTEGER, at DATETIME);
    INSERT INTO t VALUES ('a', 1, '2026-06-01T12:00:00.123+00:00'), ('b', 4611686018427387904, NULL), ('😀', NULL, NULL);`)
  reader = readerOnThread(pathToFileURL(outfile), url)
})
afterAll(async () => {
  await reader.dispose()
  await session.dispose()
  rmSync(folder, { recursive: true, force: true })
})

const query = (sql: string, ...args: unknown[]): SqlQuery => ({
  ...{ sql, args },
  argTypes: args.map(() => ({ scalarType: 'unknown', arity: 'scalar' })),
})
const all = query('SELECT *, n + 0 AS sum, CAST(id AS BLOB) AS bytes FROM t ORDER BY id')

test('a thread reads what a connection of this one reads', async () => {
  expect(await reader.queryRaw(all)).toEqual(await session.queryRaw(all))
  expect(await reader.queryRaw(query('SELECT n FROM t WHERE id = ?', '😀'))).toMatchObject({ rows: [[null]] })
})

test('many statements at once are each answered with their own rows', async () => {
  const asked = Array.from({ length: 200 }, (_, n) => reader.queryRaw(query('SELECT ? AS n', n)))
  expect((await Promise.all(asked)).map(({ rows }) => rows[0]?.[0])).toEqual(asked.map((_, n) => n))
})

test('what was committed before a statement is asked is read by it', async () => {
  for (let n = 0; n < 20; n++) {
    await session.executeRaw(query("UPDATE t SET n = ? WHERE id = 'a'", n))
    expect((await reader.queryRaw(query("SELECT n FROM t WHERE id = 'a'"))).rows).toEqual([[n]])
  }
})

test('a failure has the same cause as on this thread, and holds up no other statement', async () => {
  const causeOf = (of: Pick<Reader, 'queryRaw'>, sql: string) =>
    of.queryRaw(query(sql)).then(
      () => null,
      (error: unknown) => (error instanceof DriverAdapterError ? error.cause : error),
    )
  for (const sql of ['SELECT * FROM nothing', 'SELECT nothing FROM t', 'SELEC']) {
    expect(await causeOf(reader, sql)).toEqual(await causeOf(session, sql))
  }
  expect(await causeOf(reader, "DELETE FROM t WHERE id = 'a'")).toMatchObject({ originalCode: '8' })
  expect((await reader.queryRaw(all)).rows).toHaveLength(3)
})

test('a thread that is ended is started again by the next statement, and after the end there is none', async () => {
  const other = readerOnThread(pathToFileURL(path.join(folder, 'reader.mjs')), url)
  await other.dispose()
  expect((await other.queryRaw(all)).rows).toHaveLength(3)
  await other.dispose()
  expect((await other.queryRaw(all)).rows).toHaveLength(3)
  await other.dispose()
})
