import { dayOf } from '@/lib/day-of'
import { decisionTable, inSchema, quoted } from './catalogue'
import type { BoundedRange, Range } from './periods'

/** So long logins may wait behind a statement that waits for a lock. */
const lockMs = 50
/** And so long while it has it: all of them change the catalogue only. */
const statementMs = 3_000

/** Statements that are one transaction, in which no login waits for long. A failure of one leaves it to be rolled back. */
export const shortly = (...statements: string[]) =>
  [
    ...['BEGIN', `SET LOCAL lock_timeout = ${lockMs}`, `SET LOCAL statement_timeout = ${statementMs}`],
    ...statements,
    'COMMIT',
  ].join(';\n')

/** The time as a literal; boundaries are midnights. */
const literal = (at: Date) => `'${at.toISOString().slice(0, 19).replace('T', ' ')}'`

export const bounds = ({ from, to }: Range) =>
  `FOR VALUES FROM (${from ? literal(from) : 'MINVALUE'}) TO (${to ? literal(to) : 'MAXVALUE'})`

const compactDay = (at: Date) => dayOf(at).replaceAll('-', '')

/** Of its first day: `Decision_20261207`. */
export const partitionName = ({ from }: Pick<BoundedRange, 'from'>) => `Decision_${compactDay(from)}`
export const defaultName = 'Decision_default'
/** Of what the table was before it was partitioned, and of the check by which it is known to be before the boundary. */
export const formerName = (boundary: Date) => `Decision_until_${compactDay(boundary)}`

/** The boundary in the name of such a check; null for any other name. */
export function boundaryOf(name: string): Date | null {
  const [, year, month, day] = /^Decision_until_(\d{4})(\d\d)(\d\d)$/.exec(name) ?? []
  return year === undefined ? null : new Date(`${year}-${month}-${day}T00:00:00Z`)
}

export const makePartition = (schema: string, range: BoundedRange) =>
  `CREATE TABLE ${inSchema(schema, partitionName(range))} PARTITION OF ${decisionTable(schema)} ${bounds(range)}`

export const dropPartition = (schema: string, name: string) => `DROP TABLE ${inSchema(schema, name)}`

/** A check that no row of the future breaks for days, and none of the past: it is not looked at yet. */
export const addCheck = (schema: string, boundary: Date) =>
  `ALTER TABLE ${decisionTable(schema)} ADD CONSTRAINT ${quoted(formerName(boundary))} CHECK ("at" < ${literal(boundary)}) NOT VALID`

/** Reads the whole table; logins go on meanwhile. */
export const validateCheck = (schema: string, boundary: Date) =>
  `ALTER TABLE ${decisionTable(schema)} VALIDATE CONSTRAINT ${quoted(formerName(boundary))}`

export const dropCheck = (schema: string, name: string) =>
  `ALTER TABLE ${decisionTable(schema)} DROP CONSTRAINT IF EXISTS ${quoted(name)}`

export type Index = { name: string; definition: string }
export const keyIndex = 'Decision_id_at_key'

export type Conversion = {
  schema: string
  /** Owns the table, and will own its partitions. */
  owner: string
  primaryKey: string
  indexes: readonly Index[]
  /** Statements that give others the rights that they had. */
  grants: readonly string[]
  boundary: Date
  ahead: readonly BoundedRange[]
}

/**
 * Makes the table the first partition of a new one of its name, with its columns, indexes and rights. Nothing is read or copied: that all rows are
 * before the boundary was checked before.
 */
export function convert({ schema, owner, primaryKey, indexes, grants, boundary, ahead }: Conversion): string[] {
  const name = formerName(boundary)
  const [table, former] = [decisionTable(schema), inSchema(schema, name)]
  const formerIndex = (index: string) => `${name}_${index.replace(/^Decision_/, '')}`.slice(0, 63)
  return [
    `SET LOCAL ROLE ${quoted(owner)}`,
    `ALTER TABLE ${table} RENAME TO ${quoted(name)}`,
    // Fails where it is gone, and is done at once where it has been done.
    `ALTER TABLE ${former} VALIDATE CONSTRAINT ${quoted(name)}`,
    `ALTER TABLE ${former} DROP CONSTRAINT ${quoted(primaryKey)}`,
    ...indexes.map(
      ({ name: index }) => `ALTER INDEX ${inSchema(schema, index)} RENAME TO ${quoted(formerIndex(index))}`,
    ),
    `ALTER TABLE ${former} ADD CONSTRAINT ${quoted(`${name}_pkey`)} PRIMARY KEY USING INDEX ${quoted(keyIndex)}`,
    `CREATE TABLE ${table} (LIKE ${former} INCLUDING ALL EXCLUDING INDEXES EXCLUDING CONSTRAINTS) PARTITION BY RANGE ("at")`,
    `ALTER TABLE ${table} ADD CONSTRAINT ${quoted(primaryKey)} PRIMARY KEY ("id", "at")`,
    // As they were, and with the names by which later migrations know them.
    ...indexes.map(
      ({ name: index, definition }) =>
        `CREATE INDEX ${quoted(index)} ON ${table}${definition.slice(definition.indexOf(' USING '))}`,
    ),
    ...grants,
    `ALTER TABLE ${table} ATTACH PARTITION ${former} ${bounds({ from: null, to: boundary })}`,
    `ALTER TABLE ${former} DROP CONSTRAINT ${quoted(name)}`,
    `CREATE TABLE ${inSchema(schema, defaultName)} PARTITION OF ${table} DEFAULT`,
    ...ahead.map((range) => makePartition(schema, range)),
  ]
}
