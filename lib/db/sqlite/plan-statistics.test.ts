import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { migrate } from '../migrate'
import { openSqlite, type SqliteConnection } from './connection'

const folder = mkdtempSync(path.join(tmpdir(), 'keybound-statistics-'))
const file = path.join(folder, 'keybound.db')
const url = `file:${file}`

beforeAll(() => migrate(url))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let connection: SqliteConnection
beforeEach(async () => {
  connection = await openSqlite(file)
  return () => connection.close()
})

const stored = () => connection.all('SELECT tbl, idx, stat FROM sqlite_stat1 ORDER BY 1, 2', []).rows

/** The columns by which a statement searches its tables. */
const searchedBy = (sql: string) =>
  connection.all(`EXPLAIN QUERY PLAN ${sql}`, []).rows.map((row) => /\((.*)\)/.exec(String(row[3]))?.[1] ?? row[3])

test('SQLite knows of every index how many rows it finds', () => {
  const indexes = connection.all(
    `SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name NOT LIKE '\\_prisma%' ESCAPE '\\' ORDER BY 1`,
    [],
  ).rows
  expect(indexes.length).toBeGreaterThan(100)
  expect(stored().map(([, name]) => name)).toEqual(expect.arrayContaining(indexes.map(([name]) => name)))
})

test('a start replaces what ANALYZE found in a database with few rows', async () => {
  const before = stored()
  connection.exec('ANALYZE')
  connection.run('DELETE FROM sqlite_stat1 WHERE tbl = ?', ['AccessToken'])
  expect(stored()).not.toEqual(before)
  await migrate(url)
  expect(stored()).toEqual(before)
})

describe('rows of one thing are found by an index of that thing, not through those of an organization', () => {
  const live = `"organizationId" = ? AND "revokedAt" IS NULL AND "expiresAt" > ?`
  const many = Array.from({ length: 1_000 }, () => '?').join(', ')
  test.each([
    [
      'live tokens of an identity',
      `SELECT count(*) FROM "AccessToken" WHERE ${live} AND "identityId" = ?`,
      'identityId=?',
    ],
    [
      'tokens of many identities',
      `UPDATE "AccessToken" SET "uses" = 1 WHERE ${live} AND "identityId" IN (${many})`,
      'identityId=?',
    ],
    [
      'tokens that many had issued',
      `SELECT * FROM "AccessToken" WHERE ${live} AND "issuedById" IN (${many})`,
      'issuedById=?',
    ],
    [
      'the newest tokens of an identity',
      `SELECT * FROM "AccessToken" WHERE "organizationId" = ? AND "identityId" = ? ORDER BY "createdAt" DESC, "id" DESC LIMIT 51`,
      'identityId=?',
    ],
    [
      'trusts of an actor',
      `SELECT * FROM "Trust" WHERE "organizationId" = ? AND "changedById" IN (${many})`,
      'changedById=? AND organizationId=?',
    ],
  ])('%s', (_, sql, columns) => {
    expect(searchedBy(sql)).toEqual([columns])
  })
})
