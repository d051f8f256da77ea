import { Prisma } from '../generated/sqlite/client'

/** What a column holds, whichever database keeps it. */
export type ColumnType = 'text' | 'integer' | 'boolean' | 'moment'
export type Column = { name: string; type: ColumnType }
export type Table = { name: string; columns: Column[] }

/** A column's value in a backup; a moment is ISO 8601 in UTC with milliseconds. */
export type Value = string | number | boolean | null

/** What a database says of itself: the declared type of every column, and which table refers to which. */
export type Catalogue = {
  columns: { table: string; column: string; type: string }[]
  references: { from: string; to: string }[]
}

/**
 * The tables of all models with the types that the database gives their columns, each table after those it refers to. What else
 * is in the database (indexes for searches, other programs' tables) is left out.
 * @throws TypeError for a column that is not there, has a type that is not listed here, or for tables that refer to one another
 */
export function modelTables({ columns, references }: Catalogue): Table[] {
  const types = new Map(columns.map(({ table, column, type }) => [`${table}.${column}`, type.toLowerCase()]))
  const tables = Object.values(Prisma.ModelName).map((name) => ({
    name,
    columns: Object.values(Prisma[`${name}ScalarFieldEnum`]).map((column) => {
      const type = columnTypes[types.get(`${name}.${column}`) ?? '']
      if (!type) throw new TypeError(`A backup does not know the type of ${name}.${column}.`)
      return { name: column, type }
    }),
  }))
  return afterReferred(tables, references)
}

/** Declared types, of SQLite and of PostgreSQL's information schema. */
const columnTypes: Record<string, ColumnType> = {
  text: 'text',
  integer: 'integer',
  boolean: 'boolean',
  datetime: 'moment',
  'timestamp without time zone': 'moment',
}

function afterReferred(tables: Table[], references: Catalogue['references']): Table[] {
  const ordered: Table[] = []
  let left = tables
  while (left.length > 0) {
    const waits = (name: string) =>
      references.some(({ from, to }) => from === name && to !== name && left.some((table) => table.name === to))
    const ready = left.filter(({ name }) => !waits(name))
    if (ready.length === 0)
      throw new TypeError(`Tables refer to one another: ${left.map(({ name }) => name).join(', ')}`)
    ordered.push(...ready)
    left = left.filter((table) => !ready.includes(table))
  }
  return ordered
}

/** A name as SQL writes it. Names are those of the models. */
export const quoted = (name: string) => `"${name}"`

export const columnList = ({ columns }: Table) => columns.map(({ name }) => quoted(name)).join(', ')

/** A text with U+FFFD for each half of a character, which neither UTF-8 nor PostgreSQL's JSON takes. */
export const wellFormed = (text: string) => (/\p{Surrogate}/u.test(text) ? Buffer.from(text).toString() : text)
