import type pg from 'pg'
import { DatabaseError } from '../database-error'
import { databaseMs, decisionTable } from './catalogue'
import { type Index, keyIndex } from './statements'

/** What the table of decisions is, before it is partitioned. */
export type TableFacts = {
  now: Date
  owner: string
  /** Name of the constraint. */
  primaryKey: string
  /** Without that of the primary key and that of id and time. */
  indexes: Index[]
  /** Names of its CHECK constraints. */
  checks: string[]
  /** Whether the index of id and time is there and can be used. */
  keyIndexIsValid: boolean
  grants: string[]
  /** What the table has that the new one would not. */
  obstacles: string[]
  rows: number
  bytes: number
}

/** Since 13, what is used here works as it should. */
const versionMin = 130_000

/** @throws DatabaseError for a server that has no declarative partitions, or others than PostgreSQL's */
export async function requirePartitions(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ version: string; number: string }>(
    `SELECT version(), current_setting('server_version_num') AS number`,
  )
  const problem = rows[0] ? serverProblem(rows[0].version, Number(rows[0].number)) : null
  if (problem) throw new DatabaseError(problem)
}

/** Why a server has no such partitions; null where it has. */
export function serverProblem(version: string, number: number): string | null {
  const [name = ''] = version.split(/ on | \(/, 1)
  if (!version.startsWith('PostgreSQL ') || /-YB-/.test(version)) {
    return `This server is ${name}; Keybound partitions tables of PostgreSQL only (docs/scaling.md).`
  }
  return number >= versionMin ? null : `This server is ${name}; partitions need PostgreSQL 13 or later.`
}

/** @throws DatabaseError where there is no such table */
export async function readTable(client: pg.Client, schema: string): Promise<TableFacts> {
  const table = decisionTable(schema)
  const { rows } = await client.query<Facts>(factsOf, [table])
  const [found] = rows
  if (!found) throw new DatabaseError(`There is no table ${table}; start the server or run keybound migrate first.`)
  const { now, primaryKey, ...facts } = found
  const indexes = await client.query<Index & { isValid: boolean }>(
    `SELECT i.relname AS name, pg_get_indexdef(i.oid) AS definition, x.indisvalid AS "isValid"
     FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid WHERE x.indrelid = to_regclass($1) AND NOT x.indisprimary
     ORDER BY i.relname`,
    [table],
  )
  return {
    ...{ ...facts, now: new Date(Number(now)), primaryKey: primaryKey ?? 'Decision_pkey' },
    obstacles: [...facts.obstacles, ...(primaryKey === null ? ['no primary key'] : [])],
    keyIndexIsValid: indexes.rows.some(({ name, isValid }) => name === keyIndex && isValid),
    indexes: indexes.rows.filter(({ name }) => name !== keyIndex),
  }
}

type Facts = Omit<TableFacts, 'now' | 'primaryKey' | 'indexes' | 'keyIndexIsValid'> & {
  now: string
  primaryKey: string | null
}

/** Keybound makes none of the obstacles; an operator may have. */
const factsOf = `SELECT ${databaseMs} AS now, pg_get_userbyid(c.relowner) AS owner,
  (SELECT conname FROM pg_constraint WHERE conrelid = c.oid AND contype = 'p') AS "primaryKey",
  ARRAY(SELECT conname::text FROM pg_constraint WHERE conrelid = c.oid AND contype = 'c') AS checks,
  ARRAY(SELECT format('GRANT %s ON %s TO %s%s', a.privilege_type, c.oid::regclass,
      CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END,
      CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
    FROM aclexplode(c.relacl) a WHERE a.grantee <> c.relowner) AS grants,
  array_remove(ARRAY[
    CASE WHEN EXISTS (SELECT 1 FROM pg_trigger WHERE tgrelid = c.oid AND NOT tgisinternal) THEN 'a trigger' END,
    CASE WHEN EXISTS (SELECT 1 FROM pg_rewrite WHERE ev_class = c.oid) THEN 'a rule' END,
    CASE WHEN c.relrowsecurity OR EXISTS (SELECT 1 FROM pg_policy WHERE polrelid = c.oid) THEN 'row security' END,
    CASE WHEN EXISTS (SELECT 1 FROM pg_constraint WHERE conrelid = c.oid AND contype NOT IN ('p', 'n')
      AND conname NOT LIKE 'Decision\\_until\\_%') THEN 'a constraint' END,
    CASE WHEN EXISTS (SELECT 1 FROM pg_constraint WHERE confrelid = c.oid) THEN 'a foreign key of another table' END,
    CASE WHEN EXISTS (SELECT 1 FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid WHERE x.indrelid = c.oid
      AND x.indisunique AND NOT x.indisprimary AND i.relname <> '${keyIndex}') THEN 'a unique index' END,
    CASE WHEN EXISTS (SELECT 1 FROM pg_publication_rel WHERE prrelid = c.oid) THEN 'a publication' END,
    CASE WHEN EXISTS (SELECT 1 FROM pg_inherits WHERE inhparent = c.oid OR inhrelid = c.oid) THEN 'a table that inherits' END,
    CASE WHEN EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = c.oid AND attacl IS NOT NULL) THEN 'rights to single columns' END,
    CASE WHEN EXISTS (SELECT 1 FROM pg_depend d JOIN pg_rewrite r ON r.oid = d.objid AND d.classid = 'pg_rewrite'::regclass
      WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid AND r.ev_class <> c.oid) THEN 'a view that reads it' END
  ], NULL) AS obstacles,
  greatest(c.reltuples, 0)::float8 AS rows, pg_total_relation_size(c.oid)::float8 AS bytes
  FROM pg_class c WHERE c.oid = to_regclass($1)`

/** @throws DatabaseError */
export function requireConvertible({ obstacles }: TableFacts): void {
  if (obstacles.length === 0) return
  throw new DatabaseError(
    `The table of decisions has ${obstacles.join(', ')}, which Keybound did not make and a partitioned table would not have; remove that first.`,
  )
}
