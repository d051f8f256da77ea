import pg from 'pg'
import { codesOf } from '../failure-codes'
import { type Appended, type LogBatch, linkNames, selectedAccepted } from './log-rows'
import { type ColumnType, unsealedColumns } from './login-rows'

export const quoted = (name: string) => `"${name}"`
export const names = (columns: object) => Object.keys(columns).map(quoted).join(', ')

const types: Record<ColumnType, string> = { text: 'text', timestamp: 'timestamp', int: 'int', bool: 'boolean' }
/** The columns of a table as members of the input, under names of their own. */
export const inputOf = (prefix: string, columns: Record<string, ColumnType>) =>
  Object.entries(columns).map(([name, type]) => `"${prefix}${name}" ${types[type]}`)

const noteNames = names(unsealedColumns)

/** The statements of evidence logs. @param schema quoted */
export function logStatements(schema: string) {
  const table = (name: string) => `${schema}.${quoted(name)}`
  return {
    dueNotes: `SELECT ${noteNames} FROM ${table('UnsealedRecord')}
      WHERE "dueAt" <= $1 AND NOT "organizationId" = ANY ($3::text[]) ORDER BY "dueAt", "at" LIMIT $2`,
    links: `SELECT ${linkNames.map(quoted).join(', ')} FROM ${table('ChainEntry')}
      WHERE "organizationId" = $1 AND "seq" > $2 AND "seq" <= $3 ORDER BY "seq" LIMIT $4`,
    accepted: `SELECT ${selectedAccepted} FROM ${table('Decision')} d
      WHERE d."id" = ANY ($1) AND d."accepted" AND d."method" <> 'test' AND d."organizationId" IS NOT NULL`,
    // OFFSET 0 keeps the index of the organization's decisions by time out of it: a token has few uses, an organization many.
    firstUses: `SELECT t.token, f."id", f."ip" FROM unnest($2::text[]) AS t(token) CROSS JOIN LATERAL (
      SELECT u."id", u."ip" FROM (SELECT * FROM ${table('Decision')} WHERE "tokenSha256" = t.token OFFSET 0) u
      WHERE u."organizationId" = $1 AND u."accepted" AND u."method" <> 'test'
      ORDER BY u."at", u."id" LIMIT 1) f`,
    deleteHead: `DELETE FROM ${table('ChainHead')} WHERE "organizationId" = $1`,
    insertHead: `INSERT INTO ${table('ChainHead')} ("seq", "hash", "sealedAt", "mac", "organizationId") VALUES ($1, $2, $3, $4, $5)`,
    updateHead: `UPDATE ${table('ChainHead')} SET "seq" = $1, "hash" = $2, "sealedAt" = $3, "mac" = $4
      WHERE "organizationId" = $5 AND "seq" = $6 AND "hash" = $7 AND "mac" = $8`,
    insertEntries: `INSERT INTO ${table('ChainEntry')} ("organizationId", "seq", "recordId", "entry", "hash")
      SELECT $1, e."seq", e."recordId", e."entry", e."hash"
      FROM json_to_recordset($2::json) AS e("seq" int, "recordId" text, "entry" text, "hash" text)`,
    deleteNotes: `DELETE FROM ${table('UnsealedRecord')} u
      USING json_to_recordset($1::json) AS n("recordId" text, "kind" text)
      WHERE u."recordId" = n."recordId" AND u."kind" = n."kind"`,
    insertNotes: `INSERT INTO ${table('UnsealedRecord')} (${noteNames})
      SELECT ${noteNames} FROM json_to_recordset($1::json) AS n(${inputOf('', unsealedColumns).join(', ')})`,
  }
}
type LogStatements = ReturnType<typeof logStatements>

/** Adds entries to a log in one transaction, which is not waited for on the disk: the next one that is takes it along. */
export async function appendOn(pool: pg.Pool, statements: LogStatements, batch: LogBatch): Promise<Appended> {
  const client = await pool.connect()
  let failure: Error | undefined
  try {
    await client.query('BEGIN; SET LOCAL synchronous_commit = off')
    const appended = await appendTo(client, statements, batch)
    await client.query(appended === 'written' ? 'COMMIT' : 'ROLLBACK')
    return appended
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error))
    const isUndone = await client.query('ROLLBACK').then(
      () => true,
      () => false,
    )
    if (isUndone && wasQuicker(error)) {
      failure = undefined
      return 'overtaken'
    }
    throw error
  } finally {
    client.release(failure)
  }
}

/**
 * Whether another process was quicker: serialization_failure and deadlock_detected, or the same place in the log was taken (unique_violation). Any
 * other unique value that is taken would be again.
 */
const wasQuicker = (error: unknown) =>
  codesOf(error).some((code) => ['40001', '40P01'].includes(code)) ||
  (error instanceof pg.DatabaseError && error.code === '23505' && /^Chain(Head|Entry)$/.test(error.table ?? ''))

async function appendTo(client: pg.ClientBase, statements: LogStatements, batch: LogBatch): Promise<Appended> {
  const { log, head, replacesHead, next, entries, done, following } = batch
  const heading = [next.seq, next.hash, next.sealedAt.toISOString(), next.mac, log]
  if (replacesHead) await client.query(statements.deleteHead, [log])
  if (!head) await client.query(statements.insertHead, heading)
  else {
    const changed = await client.query(statements.updateHead, [...heading, head.seq, head.hash, head.mac])
    if (changed.rowCount !== 1) return 'overtaken'
  }
  await client.query(statements.insertEntries, [log, JSON.stringify(entries)])
  const removed = await client.query(statements.deleteNotes, [
    JSON.stringify(done.map(({ recordId, kind }) => ({ recordId, kind }))),
  ])
  if (removed.rowCount !== done.length) return 'gone'
  if (following.length > 0) await client.query(statements.insertNotes, [JSON.stringify(following)])
  return 'written'
}
