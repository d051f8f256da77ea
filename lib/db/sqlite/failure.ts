import { DriverAdapterError, type MappedError } from '@prisma/driver-adapter-utils'
import { UnstorableText } from './values'

/** An error of SQLite: a message, and its extended result code (https://www.sqlite.org/rescode.html). */
export type SqliteFailure = Error & { errcode: number }

export function isSqliteFailure(error: unknown): error is SqliteFailure {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'ERR_SQLITE_ERROR') return false
  // The package leaves the result code out where a statement fails while its rows are read.
  if (!('errcode' in error)) Object.assign(error, { errcode: codeFor(error.message) })
  return true
}

function codeFor(message: string): number {
  const [, code = 1] = texts.find(([text]) => message.startsWith(text)) ?? []
  return code
}

/** SQLite's own texts for the result codes that are told apart. */
const texts: [string, number][] = [
  ['UNIQUE constraint failed', 2067],
  ['NOT NULL constraint failed', 1299],
  ['FOREIGN KEY constraint failed', 787],
  ['database is locked', 5],
  ['database table is locked', 6],
  ['attempt to write a readonly database', 8],
  ['disk I/O error', 10],
  ['database disk image is malformed', 11],
  ['database or disk is full', 13],
  ['unable to open database file', 14],
  ['file is not a database', 26],
]

/** Another connection holds the lock. Nothing has been done, and it can be tried again. */
export const isLocked = (error: unknown) => isSqliteFailure(error) && [5, 6].includes(error.errcode & 0xff)

/** The same failure in Prisma's words; everything else as it is. */
export function toDriverError(error: unknown): unknown {
  if (error instanceof UnstorableText) {
    return new DriverAdapterError({ kind: 'InvalidInputValue', message: error.message })
  }
  if (!isSqliteFailure(error)) return error
  return new DriverAdapterError({
    ...mapped(error),
    originalCode: String(error.errcode),
    originalMessage: error.message,
  })
}

function mapped(error: SqliteFailure): MappedError {
  const { errcode, message } = error
  if (isLocked(error)) return { kind: 'SocketTimeout' }
  // "UNIQUE constraint failed: Trust.identityId, Trust.method"
  const columns = message.split('constraint failed: ')[1]?.split(', ')
  const fields = columns?.map((column) => column.split('.').pop() ?? '')
  switch (errcode) {
    case 1555: // SQLITE_CONSTRAINT_PRIMARYKEY
    case 2067: // SQLITE_CONSTRAINT_UNIQUE
      return {
        kind: 'UniqueConstraintViolation',
        constraint: { fields: fields ?? [] },
        table: columns?.[0]?.split('.')[0],
      }
    case 1299: // SQLITE_CONSTRAINT_NOTNULL
      return { kind: 'NullConstraintViolation', constraint: { fields: fields ?? [] } }
    case 787: // SQLITE_CONSTRAINT_FOREIGNKEY
    case 1811: // SQLITE_CONSTRAINT_TRIGGER
      return { kind: 'ForeignKeyConstraintViolation', constraint: { foreignKey: {} } }
  }
  const table = message.match(/^no such table: (.*)$/)?.[1]
  if (table) return { kind: 'TableDoesNotExist', table }
  const column = message.match(/^(?:no such column: |.* has no column named )(.*)$/)?.[1]
  if (column) return { kind: 'ColumnNotFound', column }
  return { kind: 'sqlite', extendedCode: errcode, message }
}
