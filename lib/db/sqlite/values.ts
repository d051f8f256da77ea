import {
  type ArgType,
  type ColumnType,
  ColumnTypeEnum,
  type SqlQuery,
  type SqlResultSet,
} from '@prisma/driver-adapter-utils'
import type { Column } from './connection'
import { unreadableValues } from './unreadable'

export type SqliteValue = null | number | bigint | string | Uint8Array

/** A text with U+0000 would end there when SQLite reads it. PostgreSQL takes none either. */
export class UnstorableText extends Error {
  override name = 'UnstorableText'
}

/** The parameters of a statement, as SQLite stores them: dates as ISO 8601 text in UTC, booleans as 0 and 1. */
export const toSqliteValues = ({ args, argTypes }: SqlQuery): SqliteValue[] =>
  args.map((value, index) => toSqliteValue(value, argTypes[index]?.scalarType ?? 'unknown'))

/** One value of ours, as it is stored. */
export const sqliteValueOf = (value: unknown): SqliteValue => toSqliteValue(value, 'unknown')

function toSqliteValue(value: unknown, type: ArgType['scalarType']): SqliteValue {
  if (value === null || value === undefined) return null
  if (value instanceof Date) return dateText(value)
  if (value instanceof Uint8Array || typeof value === 'bigint') return value
  if (typeof value === 'boolean') return value ? 1n : 0n
  if (typeof value === 'number') return type !== 'float' && Number.isSafeInteger(value) ? BigInt(value) : value
  if (typeof value !== 'string') throw new TypeError(`SQLite stores no ${typeof value}.`)
  return fromText(value, type)
}

/** Prisma hands some types over as text. */
function fromText(text: string, type: ArgType['scalarType']): SqliteValue {
  switch (type) {
    case 'int':
    case 'bigint':
      return BigInt(text)
    case 'float':
    case 'decimal':
      return Number(text)
    case 'datetime':
      return dateText(new Date(text))
    case 'bytes':
      return Buffer.from(text, 'base64')
    default:
      if (text.includes('\0')) throw new UnstorableText('A text with the character U+0000 cannot be stored.')
      return text
  }
}

/** As Prisma's own adapter writes them, so that files of either can be compared and sorted. */
const dateText = (date: Date) => date.toISOString().replace('Z', '+00:00')

/** The rows of a statement, as Prisma reads them. */
export function toResultSet(columns: Column[], rows: SqliteValue[][]): SqlResultSet {
  const declaredTypes = declaredTypesOf(columns)
  const columnTypes = declaredTypes.map((type, index) => type ?? typeOf(rows, index))
  return {
    columnNames: columns.map(({ name }) => name),
    columnTypes,
    rows: rows.map((row) =>
      row.map((value, index) => {
        const type = declaredTypes[index]
        const fits = type === undefined ? value : fitting(value, type, columns[index]?.name)
        return fromSqliteValue(fits, columnTypes[index])
      }),
    ),
  }
}

/** The types that columns are declared with, found once for each prepared statement. */
function declaredTypesOf(columns: Column[]): (ColumnType | undefined)[] {
  const known = typesFound.get(columns)
  if (known) return known
  const types = columns.map(({ type }) => declared[(type ?? '').toUpperCase()])
  typesFound.set(columns, types)
  return types
}
const typesFound = new WeakMap<Column[], (ColumnType | undefined)[]>()

/** What the columns of our tables, and of Prisma's, are declared as. */
const declared: Record<string, ColumnType> = {
  TEXT: ColumnTypeEnum.Text,
  INTEGER: ColumnTypeEnum.Int32,
  BIGINT: ColumnTypeEnum.Int64,
  BOOLEAN: ColumnTypeEnum.Boolean,
  DATETIME: ColumnTypeEnum.DateTime,
  REAL: ColumnTypeEnum.Double,
  BLOB: ColumnTypeEnum.Bytes,
}

/**
 * SQLite keeps any value in any column, and Prisma gives up a whole list for one that is not of its column's type. A row that was
 * changed by hand so gets the value that allows least: that of `unreadableValues`, else -1 (for 0 uses are uses without end), the
 * beginning of 1970, which is over, revoked or stale, and a text that begins with U+FFFD.
 */
function fitting(value: SqliteValue | undefined, type: ColumnType, name: string | undefined): SqliteValue | undefined {
  if (value === null || value === undefined) return value
  switch (type) {
    case ColumnTypeEnum.DateTime:
      return typeof value === 'string' && isStoredDate(value) ? value : 0n
    case ColumnTypeEnum.Boolean:
      return value === 1n || value === 0n ? value : (unreadableValues[name ?? ''] ?? 0n)
    case ColumnTypeEnum.Int32:
    case ColumnTypeEnum.Int64:
      return typeof value === 'bigint' && Number.isSafeInteger(Number(value))
        ? value
        : (unreadableValues[name ?? ''] ?? -1n)
    case ColumnTypeEnum.Text:
      return typeof value === 'string' && !value.includes('\0') ? value : unfitText(value)
    default:
      return value
  }
}

/**
 * Whether a text is a time as `dateText` or `CURRENT_TIMESTAMP` writes it. The same time written otherwise is sorted and found otherwise, so it does not
 * count as the same.
 */
const isStoredDate = (text: string) =>
  storedDate.test(text) ? !Number.isNaN(Date.parse(text)) : isFarDate.test(text) && text === farDateText(text)
const storedDate = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d\.\d{3}\+00:00| \d\d:\d\d:\d\d)$/
/** Years before 0 and after 9999 (ECMA-262 §21.4.1.32.1). */
const isFarDate = /^[+-]\d{6}-/
const farDateText = (text: string) => (Number.isNaN(Date.parse(text)) ? '' : dateText(new Date(text)))

/** A text that none of ours equals, and that can be looked up: of bytes, or with U+0000. */
const unfitText = (value: SqliteValue) =>
  `\uFFFD${value instanceof Uint8Array ? new TextDecoder().decode(value) : value}`.replaceAll('\0', '\uFFFD')

/** Expressions have no declared type: their first value tells. */
function typeOf(rows: SqliteValue[][], index: number): ColumnType {
  const value = rows.find((row) => row[index] !== null)?.[index]
  if (typeof value === 'string') return ColumnTypeEnum.Text
  if (typeof value === 'bigint') return ColumnTypeEnum.Int64
  if (typeof value === 'number') return ColumnTypeEnum.UnknownNumber
  return value ? ColumnTypeEnum.Bytes : ColumnTypeEnum.Int32
}

function fromSqliteValue(value: SqliteValue | undefined, type: ColumnType | undefined): unknown {
  if (typeof value === 'bigint') {
    const number = Number(value)
    if (type === ColumnTypeEnum.DateTime) return new Date(number).toISOString()
    return Number.isSafeInteger(number) ? number : value.toString()
  }
  return value
}
