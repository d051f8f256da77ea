import { openSqlite, type SqliteConnection } from '../sqlite/connection'
import { isSqliteFailure } from '../sqlite/failure'
import { checkpointPages, writerPragmas } from '../sqlite/pragmas'
import { isNotFrozen } from './found-rows'
import type { Appended } from './log-rows'
import type { DayGroup, Kept } from './login-rows'

/** `LoginRows` as values for SQLite, without bigints: what crosses to the thread that writes is JSON. */
export type SqliteLogin = {
  issued: {
    identityId: string | null
    trustId: string | null
    trustVersion: number
    kind: string
    row: StoredValue[]
  } | null
  decision: StoredValue[]
  /** Written with a decision that gets a row of its own. */
  unsealed: StoredValue[]
  decisionId: string
  /** As the columns keep it. */
  at: string
  day: DayGroup
  countInto: readonly string[]
  times: number
}

/** `LogBatch` as values for SQLite: the rows of each table, in the order of its statement. */
export type SqliteLogBatch = {
  /** Of the head as it was read: organization, seq, hash, mac; null where the log begins. */
  head: StoredValue[] | null
  /** The organization whose head is replaced, whatever it is; null where none is. */
  replaced: StoredValue[] | null
  /** Seq, hash, sealedAt, mac, and for a new head the organization. */
  next: StoredValue[]
  entries: StoredValue[][]
  done: StoredValue[][]
  following: StoredValue[][]
}

/** Whole numbers are stored as such, by the type of their column. */
export type StoredValue = string | number | null

/** A failure, as it crosses between threads. */
export type SentFailure = { message: string; errcode: number | null }
export type Written = Kept | { state: 'failed'; failure: SentFailure }

/** Every statement that a login writes; made of the columns by the caller. */
export type WriteStatements = { insertToken: string; insertDecision: string; insertUnsealed: string }

export type SqliteWriter = {
  /** Writes a group in one durable commit. Throws where the group failed as a whole; then nothing of it was written. */
  write(logins: readonly SqliteLogin[]): Written[]
  append(batch: SqliteLogBatch): Appended
  close(): Promise<void>
}

/** Writes synchronously. @param busyMs how long it waits for another process's lock */
export async function openSqliteWriter(
  file: string,
  statements: WriteStatements,
  busyMs: number,
): Promise<SqliteWriter> {
  const connection = await openSqlite(file)
  connection.exec(`${writerPragmas} ${ofManySmallCommits} PRAGMA busy_timeout = ${busyMs};`)
  return {
    write: (logins) => writeTogether(connection, statements, logins),
    append(batch) {
      try {
        return inOneCommit(connection, 'NORMAL', () => appendTo(connection, statements, batch))
      } catch (error) {
        if (error instanceof NotWritten) return error.why
        if (isPlaceTaken(error)) return 'overtaken'
        throw error
      }
    },
    close: () => connection.close(),
  }
}

/** What a statement would have to undo is kept in memory, which is little here, and not in a file. */
const ofManySmallCommits = `PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = ${checkpointPages.ofLogins};`

/**
 * Whether the disk is waited for: what is written with NORMAL reaches it with the next commit of FULL. Of one connection, for
 * what another one commits makes a connection read its pages again.
 */
type Synchronous = 'FULL' | 'NORMAL'

function inOneCommit<Result>(connection: SqliteConnection, synchronous: Synchronous, act: () => Result): Result {
  connection.set('synchronous', synchronous)
  connection.run('BEGIN IMMEDIATE', [])
  try {
    const result = act()
    connection.run('COMMIT', [])
    return result
  } catch (error) {
    try {
      connection.run('ROLLBACK', [])
    } catch {
      // SQLite has undone it by itself where the disk failed.
    }
    throw error
  }
}

/** A savepoint for each login copies the pages that it changes, so only a group with a row that cannot be written gets them. */
function writeTogether(connection: SqliteConnection, statements: WriteStatements, logins: readonly SqliteLogin[]) {
  const inGroup = (write: typeof rowsOf) =>
    inOneCommit(connection, 'FULL', () =>
      writeGroup(connection, logins, (login) => write(connection, statements, login)),
    )
  try {
    return inGroup(rowsOf)
  } catch (error) {
    if (!isSqliteFailure(error) || !isOfTheRow(error.errcode)) throw error
    return inGroup(writeOne)
  }
}

function writeGroup(
  connection: SqliteConnection,
  logins: readonly SqliteLogin[],
  write: (login: SqliteLogin) => Written,
): Written[] {
  const written = logins.map(write)
  const kept = logins.filter((_, at) => written[at]?.state === 'kept')
  for (const { id, day, count } of groupsOf(kept)) {
    const { organizationId, method, accepted, reason } = day
    connection.run(insertNote, [id, organizationId, day.day, method, accepted ? 1n : 0n, reason, count])
  }
  return written
}

/** Whether the same place in the log was taken meanwhile. Any other constraint that fails would fail again. */
const isPlaceTaken = (error: unknown) =>
  isSqliteFailure(error) && /^UNIQUE constraint failed: Chain(Head|Entry)\./.test(error.message)

/** Undoes an addition to a log. */
class NotWritten extends Error {
  constructor(readonly why: Exclude<Appended, 'written'>) {
    super(why)
  }
}

/** @throws NotWritten */
function appendTo(connection: SqliteConnection, statements: WriteStatements, batch: SqliteLogBatch): Appended {
  const { head, replaced, next, entries, done, following } = batch
  if (replaced) connection.run(deleteHead, replaced)
  if (!head) connection.run(insertHead, next)
  else if (connection.run(updateHead, [...next, ...head]) !== 1) throw new NotWritten('overtaken')
  for (const row of entries) connection.run(insertEntry, row)
  for (const note of done) if (connection.run(deleteNote, note) !== 1) throw new NotWritten('gone')
  for (const row of following) connection.run(statements.insertUnsealed, row)
  return 'written'
}

/** The same, undone alone where a row cannot be written. */
function writeOne(connection: SqliteConnection, statements: WriteStatements, login: SqliteLogin): Written {
  connection.run('SAVEPOINT login', [])
  try {
    const kept = rowsOf(connection, statements, login)
    connection.run('RELEASE login', [])
    return kept
  } catch (error) {
    if (!isSqliteFailure(error) || !isOfTheRow(error.errcode)) throw error
    connection.run('ROLLBACK TO login', [])
    connection.run('RELEASE login', [])
    return { state: 'failed', failure: { message: error.message, errcode: error.errcode } }
  }
}

function rowsOf(connection: SqliteConnection, statements: WriteStatements, login: SqliteLogin): Written {
  const { issued, decision, unsealed, at, countInto, times } = login
  if (issued) {
    const { identityId, trustId, trustVersion, kind, row } = issued
    if (connection.all(selectTrust, [trustId, BigInt(trustVersion)]).rows.length === 0) return { state: 'changed' }
    if (identityId !== null && connection.run(updateIdentity, [kind, at, at, identityId]) === 0)
      return { state: 'changed' }
    connection.run(statements.insertToken, row)
  }
  for (const id of countInto) {
    if (connection.run(countRefusal, [BigInt(times), at, id]) > 0) return { state: 'kept', countedInto: id }
  }
  connection.run(statements.insertDecision, decision)
  connection.run(statements.insertUnsealed, unsealed)
  return { state: 'kept', countedInto: null }
}

/** SQLITE_CONSTRAINT, TOOBIG, MISMATCH, RANGE: this row, and no other (https://www.sqlite.org/rescode.html). */
const isOfTheRow = (errcode: number) => [18, 19, 20, 25].includes(errcode & 0xff)

/** One note for all logins of a day, method and outcome. */
function groupsOf(logins: readonly SqliteLogin[]) {
  const found = new Map<string, { id: string; day: DayGroup; count: bigint }>()
  for (const { decisionId, day, times } of logins) {
    const key = JSON.stringify(Object.values(day))
    const known = found.get(key)
    if (known) known.count += BigInt(times)
    else found.set(key, { id: decisionId, day, count: BigInt(times) })
  }
  return found.values()
}

const selectTrust = `SELECT 1 FROM "Trust" t WHERE t."id" = ? AND t."version" = ? AND ${isNotFrozen((name) => `"${name}"`, 't."id"')}`
const updateIdentity =
  'UPDATE "Identity" SET "lastLoginMethod" = ?, "lastLoginAt" = ?, "updatedAt" = ? WHERE "id" = ? AND "isCanary" = 0'
const countRefusal = 'UPDATE "Decision" SET "repeats" = "repeats" + ?, "lastAt" = ? WHERE "id" = ?'
const deleteHead = 'DELETE FROM "ChainHead" WHERE "organizationId" = ?'
const insertHead = 'INSERT INTO "ChainHead" ("seq", "hash", "sealedAt", "mac", "organizationId") VALUES (?, ?, ?, ?, ?)'
const updateHead = `UPDATE "ChainHead" SET "seq" = ?, "hash" = ?, "sealedAt" = ?, "mac" = ?
  WHERE "organizationId" = ? AND "seq" = ? AND "hash" = ? AND "mac" = ?`
const insertEntry =
  'INSERT INTO "ChainEntry" ("organizationId", "seq", "recordId", "entry", "hash") VALUES (?, ?, ?, ?, ?)'
const deleteNote = 'DELETE FROM "UnsealedRecord" WHERE "recordId" = ? AND "kind" = ?'
const insertNote =
  'INSERT INTO "UncountedDecision" ("id", "organizationId", "day", "method", "accepted", "reason", "count") VALUES (?, ?, ?, ?, ?, ?, ?)'
