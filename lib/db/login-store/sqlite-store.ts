import { columnsOf, type RecordTable } from '../evidence/record-digest'
import { unsealedDecision } from '../evidence/unsealed'
import { readerPragmas } from '../sqlite/pragmas'
import { openSession, type SqliteSession } from '../sqlite/session'
import type { Turns } from '../sqlite/turns'
import { sqliteValueOf } from '../sqlite/values'
import { batchQueue } from './batch-queue'
import {
  type FoundToken,
  foundIdentityTypes,
  foundTokenTypes,
  isStorable,
  joinFreeze,
  selectedIdentity,
  selectedTrust,
  selectToken,
  toFoundIdentity,
  toFoundToken,
  toNote,
  toTrustRow,
  trustTypes,
} from './found-rows'
import {
  acceptedTypes,
  type LogBatch,
  linkNames,
  linkTypes,
  selectedAccepted,
  toAcceptedLogin,
  toFirstUse,
  toLink,
} from './log-rows'
import {
  accessTokenColumns,
  type ColumnType,
  dayGroupOf,
  decisionColumns,
  type FoundIdentity,
  type FoundTrust,
  type Kept,
  type LoginRows,
  type LoginStore,
  unsealedColumns,
} from './login-rows'
import { readQueue } from './read-queue'
import type { SqliteLogBatch, SqliteLogin, StoredValue } from './sqlite-writer'
import { openWriter, ThreadEnded, toFailure, type Writer } from './threaded-writer'

/** How long a group waits for a lock that another process holds, as Prisma's statements do. */
const busyMs = 5_000
/** Logins in one commit: far more than arrive while one is written. */
const groupMax = 500

type AskedIdentity = [kind: string, id: string, slug: string | null]
type AskedIssuer = [iss: string, slug: string | null, project: string | null]

/**
 * Logins on a SQLite file: read by prepared statements, written in groups by a thread of their own.
 * @param turns shared with the process's other writer
 */
export function sqliteLoginStore(url: string, turns: Turns): LoginStore {
  let opened: Promise<{ reader: SqliteSession; writer: Writer }> | null = null
  const open = () => {
    opened ??= connect(url).catch((error) => {
      opened = null
      throw error
    })
    return opened
  }
  const read = async (sql: string, types: readonly ColumnType[], given: (string | null | undefined)[]) => {
    if (!isStorable(...given)) return []
    const { reader } = await open()
    const args = given.map((value) => value ?? null)
    const { rows } = await reader.queryRaw({ sql, args, argTypes: args.map(() => textArgument) })
    return rows.map((row) => row.map((value, at) => toValue(value, types[at])))
  }
  const identity = readQueue<AskedIdentity, FoundIdentity>(
    (asked) =>
      Promise.all(
        asked.map(async ([kind, id, slug]) => {
          const [row] = await read(selectIdentity, foundIdentityTypes, [kind, id, slug, slug])
          return toFoundIdentity(row)
        }),
      ),
    groupMax,
  )
  const issuers = readQueue<AskedIssuer, FoundTrust[]>(
    (asked) =>
      Promise.all(
        asked.map(async ([iss, slug, project]) => {
          const rows = await read(selectIssuers, trustTypes, [iss, slug, slug, project, project])
          return rows.map(toTrustRow)
        }),
      ),
    groupMax,
  )
  const accessToken = readQueue<string, FoundToken>(
    (ids) =>
      Promise.all(
        ids.map(async (id) => {
          const [row] = await read(selectTokenHere, foundTokenTypes, [id])
          return row ? toFoundToken(row) : null
        }),
      ),
    groupMax,
  )
  const writing = async <Result>(act: (writer: Writer) => Promise<Result>): Promise<Result> => {
    const { writer, reader } = await open()
    const done = await turns()
    try {
      return await act(writer)
    } catch (error) {
      if (error instanceof ThreadEnded) {
        opened = null
        await reader.dispose()
      }
      throw error
    } finally {
      done()
    }
  }
  const queue = batchQueue<SqliteLogin, Kept>(async (logins) => {
    const written = await writing((writer) => writer.write(logins))
    return written.map((one) => (one.state === 'failed' ? toFailure(one.failure) : one))
  }, groupMax)

  return {
    async identity(id, kind, organizationSlug) {
      return identity([kind, id, organizationSlug ?? null])
    },
    async issuers(iss, { organizationSlug, project }) {
      return (await issuers([iss, organizationSlug ?? null, project ?? null])) ?? []
    },
    async accessToken(id) {
      return accessToken(id)
    },
    keep: async (rows) => queue.add(toSqliteLogin(rows)),
    async dueNotes(now, max, without) {
      const given = [String(sqliteValueOf(now)), JSON.stringify(without), String(max)]
      const rows = await read(selectNotes, noteTypes, given)
      return rows.map(toNote)
    },
    async links(log, after, until, max) {
      const rows = await read(selectLinks, linkTypes, [log, ...[after, until, max].map(String)])
      return rows.map(toLink)
    },
    partitions: null,
    async cutRecords(table, ids) {
      const rows = await read(selectCut[table], ['text'], [JSON.stringify(ids)])
      return rows.map(([id]) => String(id))
    },
    async acceptedLogins(ids) {
      return (await read(selectAccepted, acceptedTypes, [JSON.stringify(ids)])).map(toAcceptedLogin)
    },
    async firstUses(organizationId, tokens) {
      const rows = await read(selectFirstUses, ['text', 'text', 'text'], [JSON.stringify(tokens), organizationId])
      return rows.map(toFirstUse)
    },
    append: (batch) => writing((writer) => writer.append(toSqliteLogBatch(batch))),
    async open() {
      await open()
    },
    async close() {
      await queue.settled()
      const open = await opened?.catch(() => null)
      opened = null
      await open?.writer.close()
      await open?.reader.dispose()
    },
  }
}

async function connect(url: string) {
  const writer = await openWriter({ file: url.replace(/^file:/, ''), statements, busyMs })
  const reader = await openSession(url)
  await reader.executeScript(readerPragmas)
  return { writer, reader }
}

const insert = (table: string, columns: object) => {
  const names = Object.keys(columns)
  return `INSERT INTO "${table}" (${names.map(quoted).join(', ')}) VALUES (${names.map(() => '?').join(', ')})`
}
const quoted = (name: string) => `"${name}"`

const statements = {
  insertToken: insert('AccessToken', accessTokenColumns),
  insertDecision: insert('Decision', decisionColumns),
  insertUnsealed: insert('UnsealedRecord', unsealedColumns),
}

// A mark that cannot be read is one.
const selectIdentity = `SELECT ${selectedIdentity('i."isCanary" <> 0')}
  FROM "Identity" i LEFT JOIN "Trust" t ON t."identityId" = i."id" AND t."kind" = ? AND t."enabled" = 1
  ${joinFreeze(quoted)}
  WHERE i."id" = ?
  AND (? IS NULL OR EXISTS (SELECT 1 FROM "Organization" o WHERE o."id" = i."organizationId" AND o."slug" = ?))`
const selectIssuers = `SELECT ${selectedTrust} FROM "Trust" t ${joinFreeze(quoted)}
  WHERE t."soleIssuer" = ? AND t."enabled" = 1
  AND (? IS NULL OR EXISTS (SELECT 1 FROM "Organization" o WHERE o."id" = t."organizationId" AND o."slug" = ?))
  AND (? IS NULL OR EXISTS (SELECT 1 FROM "Project" p WHERE p."id" = t."projectId" AND p."label" = ?))
  LIMIT 2`

const selectTokenHere = selectToken(quoted, '?')

// What has no key that can be named was put there by hand, and could not be worked off.
const selectNotes = `SELECT ${Object.keys(unsealedColumns).map(quoted).join(', ')} FROM "UnsealedRecord"
  WHERE "dueAt" <= ? AND "organizationId" NOT IN (SELECT "value" FROM json_each(?))
  AND ${['recordId', 'kind'].map((name) => `typeof("${name}") = 'text' AND instr(CAST("${name}" AS BLOB), x'00') = 0`).join(' AND ')}
  ORDER BY "dueAt", "at" LIMIT CAST(? AS INTEGER)`
const noteTypes = Object.values(unsealedColumns)

const markedName = `iif(instr(CAST("recordId" AS BLOB), x'00') > 0, char(65533) || "recordId", "recordId")`
// A name with U+0000 is found by no one, and reads as if it ended there: it gets the mark of what cannot be read.
const selectLinks = `SELECT ${linkNames.map((name) => (name === 'recordId' ? markedName : quoted(name))).join(', ')} FROM "ChainEntry"
  WHERE "organizationId" = ? AND "seq" > CAST(? AS INTEGER) AND "seq" <= CAST(? AS INTEGER) AND typeof("seq") = 'integer'
  ORDER BY "seq" LIMIT CAST(? AS INTEGER)`
const isCut = (name: string) => `instr(CAST(r."${name}" AS BLOB), x'00') > 0`
const selectCutOf = (table: string, columns: readonly string[]) => `SELECT r."id" FROM json_each(?) j
  JOIN "${table}" r ON r."id" = j."value" WHERE ${columns.map(isCut).join(' OR ')}`
const selectCut: Record<RecordTable, string> = {
  audit: selectCutOf('AuditEntry', columnsOf.audit),
  decision: selectCutOf('Decision', columnsOf.decision),
}
const selectAccepted = `SELECT ${selectedAccepted} FROM json_each(?) j JOIN "Decision" d ON d."id" = j."value"
  WHERE d."accepted" <> 0 AND d."method" <> 'test' AND d."organizationId" IS NOT NULL`
// The plus signs keep the index of the organization's decisions by time out of it: a token has few uses, an organization many.
const selectFirstUses = `SELECT j."value", f."id", f."ip" FROM json_each(?) j JOIN "Decision" f ON f."id" = (
  SELECT u."id" FROM "Decision" u
  WHERE u."tokenSha256" = j."value" AND +u."organizationId" = ? AND +u."accepted" <> 0 AND u."method" <> 'test'
  ORDER BY +u."at", u."id" LIMIT 1)`

const textArgument = { scalarType: 'string', arity: 'scalar' } as const

/** As Prisma reads it. */
function toValue(value: unknown, type: ColumnType | undefined): unknown {
  if (value === null) return null
  if (type === 'bool') return value === 1
  return type === 'timestamp' ? new Date(String(value)) : value
}

function toSqliteLogin({ issued, decision, countInto, times = 1 }: LoginRows): SqliteLogin {
  return {
    issued: issued && {
      identityId: issued.token.identityId,
      trustId: issued.token.trustId,
      trustVersion: issued.trustVersion,
      kind: issued.token.method,
      row: valuesOf(issued.token, accessTokenColumns),
    },
    decision: valuesOf(decision, decisionColumns),
    unsealed: valuesOf(unsealedDecision(decision), unsealedColumns),
    decisionId: decision.id,
    at: String(sqliteValueOf(decision.at)),
    day: dayGroupOf(decision),
    countInto,
    times,
  }
}

function toSqliteLogBatch({ log, head, replacesHead, next, entries, done, following }: LogBatch): SqliteLogBatch {
  const heading = [next.seq, next.hash, String(sqliteValueOf(next.sealedAt)), next.mac]
  return {
    head: head && [log, head.seq, head.hash, head.mac],
    replaced: replacesHead ? [log] : null,
    next: head ? heading : [...heading, log],
    entries: entries.map(({ seq, recordId, entry, hash }) => [log, seq, recordId, entry, hash]),
    done: done.map(({ recordId, kind }) => [recordId, kind]),
    following: following.map((note) => valuesOf(note, unsealedColumns)),
  }
}

const valuesOf = <Row extends object>(row: Row, columns: { [Column in keyof Row]-?: ColumnType }): StoredValue[] =>
  (Object.keys(columns) as (keyof Row)[]).map((column) => {
    const value = sqliteValueOf(row[column])
    return typeof value === 'bigint' ? Number(value) : (value as StoredValue)
  })
