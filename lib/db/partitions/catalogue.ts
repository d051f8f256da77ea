import type pg from 'pg'
import { type BoundedRange, type PartitionPeriod, periodOf, type Range } from './periods'

/** A partition of the table of decisions. One whose bounds cannot be read has all times, and is left alone. */
export type Partition = Range & { name: string; isDefault: boolean }

export type Partitioning = {
  /** By the clock of the database. */
  now: Date
  /** Oldest first, the default one last. */
  partitions: Partition[]
}

type Asked = Pick<pg.ClientBase, 'query'>

/** The table's name as SQL, in a schema. */
export const decisionTable = (schema: string) => inSchema(schema, 'Decision')
export const inSchema = (schema: string, name: string) => `${quoted(schema)}.${quoted(name)}`
export const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`

/** SQL for the database's time, in milliseconds as text. */
export const databaseMs = '(extract(epoch FROM now()) * 1000)::bigint::text'

/** The partitions of the table of decisions; null where it has none. */
export async function readPartitioning(client: Asked, schema: string): Promise<Partitioning | null> {
  const { rows } = await client.query<{ now: string; name: string | null; bound: string | null }>(
    `SELECT ${databaseMs} AS now, c.relname AS name, pg_get_expr(c.relpartbound, c.oid) AS bound
     FROM pg_class t LEFT JOIN pg_inherits i ON i.inhparent = t.oid LEFT JOIN pg_class c ON c.oid = i.inhrelid
     WHERE t.oid = to_regclass($1) AND t.relkind = 'p'`,
    [decisionTable(schema)],
  )
  const [first] = rows
  if (!first) return null
  const partitions = rows.flatMap(({ name, bound }) => (name === null ? [] : [{ name, ...toBounds(bound ?? '') }]))
  const order = ({ isDefault, from }: Partition) =>
    isDefault ? Number.POSITIVE_INFINITY : (from?.getTime() ?? Number.NEGATIVE_INFINITY)
  const sorted = partitions.sort((one, other) => (order(one) < order(other) ? -1 : 1))
  return { now: new Date(Number(first.now)), partitions: sorted }
}

/** @param text as `pg_get_expr` tells a bound: `FOR VALUES FROM ('2026-12-07 00:00:00') TO ('2026-12-14 00:00:00')`, or `DEFAULT` */
export function toBounds(text: string): Omit<Partition, 'name'> {
  if (text === 'DEFAULT') return { isDefault: true, from: null, to: null }
  const [, from, to] = /^FOR VALUES FROM \((.+)\) TO \((.+)\)$/.exec(text) ?? []
  const bounds = { from: toTime(from), to: toTime(to) }
  if (bounds.from === undefined || bounds.to === undefined) return { isDefault: false, from: null, to: null }
  return { isDefault: false, from: bounds.from, to: bounds.to }
}

/** Undefined for what is no time. */
function toTime(text: string | undefined): Date | null | undefined {
  if (text === 'MINVALUE' || text === 'MAXVALUE') return null
  const [, day, time] = /^'(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)'$/.exec(text ?? '') ?? []
  return day === undefined || time === undefined ? undefined : new Date(`${day}T${time}Z`)
}

/** How long the newest partition reaches, and so the next ones. */
export function periodOfPartitions(partitions: readonly Partition[]): PartitionPeriod {
  const bounded = partitions.flatMap(({ from, to }): BoundedRange[] => (from && to ? [{ from, to }] : []))
  const newest = bounded.at(-1)
  return newest ? periodOf(newest) : 'week'
}
