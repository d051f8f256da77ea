import type pg from 'pg'
import { decisionTable } from './catalogue'
import { type PartitionPeriod, periodsAhead } from './periods'

/** So long decisions are kept by default. */
const keptDays = 90
const daysOf: Record<PartitionPeriod, number> = { day: 1, week: 7, month: 30 }

/** How many partitions there are with time: those of what is kept, of now and ahead, and the default one. */
export const usualCount = (period: PartitionPeriod, now: Date): number =>
  Math.ceil(keptDays / daysOf[period]) + periodsAhead(period, now).length + 1

/**
 * What to set where statements that look into all partitions need more locks than the server has for each connection; null where they do not. A statement
 * locks each partition and each of its indexes.
 */
export async function lockAdvice(client: pg.Client, schema: string, partitions: number): Promise<string | null> {
  const { rows } = await client.query<{ max: number; indexes: number }>(
    `SELECT current_setting('max_locks_per_transaction')::int AS max,
     (SELECT count(*) FROM pg_index WHERE indrelid = to_regclass($1))::int AS indexes`,
    [decisionTable(schema)],
  )
  const { max, indexes } = rows[0] ?? { max: 0, indexes: 0 }
  const needed = partitions * (indexes + 1)
  if (needed <= max) return null
  return `A statement that looks into ${partitions} partitions takes ${needed} locks: set max_locks_per_transaction of PostgreSQL, which is ${max}, to that or more, so that no login fails when many connections need them at once.`
}
