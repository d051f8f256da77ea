import type { AccessToken, Trust, UnsealedRecord } from '../generated/sqlite/client'
import {
  accessTokenColumns,
  type ColumnType,
  type FoundIdentity,
  type FoundTrust,
  trustColumns,
  unsealedColumns,
} from './login-rows'

/** An access token with what must still be there for it to count. */
export type FoundToken = AccessToken & {
  identity: { id: string; name: string; role: string; organizationId: string } | null
  trust: { id: string; name: string; enabled: boolean; grant: string } | null
  tokenAuth: { id: string; grant: string } | null
}

type Columns<Row> = { [Column in keyof Row]-?: ColumnType }

const tables = {
  a: {
    ...accessTokenColumns,
    ...{ renewedAt: 'timestamp', uses: 'int', lastUsedAt: 'timestamp', revokedAt: 'timestamp' },
  } satisfies Columns<AccessToken>,
  i: { id: 'text', name: 'text', role: 'text', organizationId: 'text' },
  t: { id: 'text', name: 'text', enabled: 'bool', grant: 'text' },
  u: { id: 'text', grant: 'text' },
} as const satisfies {
  a: Columns<AccessToken>
  i: Columns<NonNullable<FoundToken['identity']>>
  t: Columns<NonNullable<FoundToken['trust']>>
  u: Columns<NonNullable<FoundToken['tokenAuth']>>
}

const columns = Object.entries(tables).flatMap(([table, of]) =>
  Object.entries(of).map(([name, type]) => ({ table, name, type })),
)

/** The types of what `selectToken` selects, in order. */
export const foundTokenTypes: readonly ColumnType[] = columns.map(({ type }) => type)

/** The statement that finds an access token by its id. @param table writes a table's name */
export const selectToken = (table: (name: string) => string, placeholder: string) =>
  `SELECT ${columns.map((column) => `${column.table}."${column.name}"`).join(', ')}
  FROM ${table('AccessToken')} a
  LEFT JOIN ${table('Identity')} i ON i."id" = a."identityId"
  LEFT JOIN ${table('Trust')} t ON t."id" = a."trustId"
  LEFT JOIN ${table('TokenAuth')} u ON u."id" = a."tokenAuthId"
  WHERE a."id" = ${placeholder}`

/** A row of that statement, as Prisma would include it. */
export function toFoundToken(values: readonly unknown[]): FoundToken {
  const parts: Record<string, Record<string, unknown>> = { a: {}, i: {}, t: {}, u: {} }
  for (const [at, { table, name }] of columns.entries()) Object.assign(parts[table] ?? {}, { [name]: values[at] })
  const orNull = (part: Record<string, unknown> | undefined) => (part?.id === null ? null : part)
  return { ...parts.a, identity: orNull(parts.i), trust: orNull(parts.t), tokenAuth: orNull(parts.u) } as FoundToken
}

const trustNames = Object.keys(trustColumns)

/** The columns of a trust `t` and of its freeze `f`, for a statement. */
export const selectedTrust = `${trustNames.map((name) => `t."${name}"`).join(', ')}, f."at", f."liftedAt"`
export const trustTypes: readonly ColumnType[] = [...Object.values(trustColumns), 'timestamp', 'timestamp']

/** Joins the freeze of a trust `t`. @param table writes a table's name */
export const joinFreeze = (table: (name: string) => string) =>
  `LEFT JOIN ${table('TrustFreeze')} f ON f."trustId" = t."id"`

/** Whether no freeze of a trust is in force, for a statement. @param id of the trust */
export const isNotFrozen = (table: (name: string) => string, id: string) =>
  `NOT EXISTS (SELECT 1 FROM ${table('TrustFreeze')} f WHERE f."trustId" = ${id} AND f."liftedAt" IS NULL)`

/** A row of those columns, as Prisma reads it. */
export function toTrustRow(values: readonly unknown[]): FoundTrust {
  const row = Object.fromEntries(trustNames.map((name, at): [string, unknown] => [name, values[at]])) as Trust
  const [at, liftedAt] = values.slice(trustNames.length)
  return { ...row, freeze: at instanceof Date ? { at, liftedAt: liftedAt instanceof Date ? liftedAt : null } : null }
}

/** Organization, name and canary mark of an identity `i`, and its trust, for a statement. @param isCanary the mark, as the database has it */
export const selectedIdentity = (isCanary: string) =>
  `i."organizationId", i."name", ${isCanary}, i."canaryPlace", ${selectedTrust}`
/** The types of those. */
export const foundIdentityTypes: readonly ColumnType[] = ['text', 'text', 'bool', 'text', ...trustTypes]

/** A row of those; null where there is none. */
export function toFoundIdentity(row: readonly unknown[] | undefined): FoundIdentity | null {
  if (!row) return null
  const [organizationId, name, isCanary, canaryPlace, ...trust] = row
  const isFound = trust[0] !== null
  return {
    ...{ organizationId: String(organizationId), name: String(name) },
    canaryPlace: isCanary ? String(canaryPlace) : null,
    trust: isFound ? toTrustRow(trust) : null,
  }
}

/** A row of the columns of a note, in their order. */
export const toNote = (values: readonly unknown[]) =>
  Object.fromEntries(noteNames.map((name, at) => [name, values[at]])) as UnsealedRecord
const noteNames = Object.keys(unsealedColumns)

/** Neither database stores U+0000, so that nothing is found by a text that holds it. */
export const isStorable = (...texts: readonly (string | null | undefined)[]) =>
  !texts.some((text) => text?.includes('\0'))
