import type pg from 'pg'
import { dayOf } from '@/lib/day-of'
import { inSchema, type Partition, periodOfPartitions, readPartitioning } from './catalogue'
import { lockAdvice, usualCount } from './lock-advice'
import { missingPeriods } from './missing-periods'
import { onServer } from './partition-decisions'
import { firstBoundary, type PartitionPeriod, periodsAhead } from './periods'
import { formerName, partitionName } from './statements'
import { readTable } from './table-facts'

/**
 * How decisions are stored, and what `partitionDecisions` would do, as lines of text.
 * @throws DatabaseError when the database cannot be reached or has no partitions
 */
export async function partitionStatus(databaseUrl: string, period: PartitionPeriod): Promise<string[]> {
  return onServer(databaseUrl, async (client, schema) => {
    const found = await readPartitioning(client, schema)
    if (!found) return planOf(client, schema, period)
    const missing = missingPeriods(found).map(partitionName)
    const advice = await lockAdvice(client, schema, found.partitions.length)
    const lines: string[] = []
    for (const one of found.partitions) lines.push(await lineOf(client, schema, one))
    return [
      `Decisions are partitioned by ${periodOfPartitions(found.partitions)}:`,
      ...lines,
      missing.length > 0 ? `Would be made: ${missing.join(', ')}.` : 'No partition is missing.',
      ...(advice === null ? [] : [advice]),
    ]
  })
}

async function planOf(client: pg.Client, schema: string, period: PartitionPeriod): Promise<string[]> {
  const { now, rows, bytes, obstacles } = await readTable(client, schema)
  const boundary = firstBoundary(period, now)
  const advice = await lockAdvice(client, schema, usualCount(period, now))
  return [
    `Decisions are not partitioned: ${sizeOf(rows, bytes)}.`,
    `They would become the partition ${formerName(boundary)}, which also takes those that come before ${dayOf(boundary)}.`,
    `The next, by ${period}: ${periodsAhead(period, boundary).map(partitionName).join(', ')}.`,
    ...(advice === null ? [] : [advice]),
    ...(obstacles.length > 0 ? [`Not yet possible: the table has ${obstacles.join(', ')}.`] : []),
  ]
}

async function lineOf(client: pg.Client, schema: string, { name, isDefault, from, to }: Partition): Promise<string> {
  const { rows } = await client.query<{ rows: number; bytes: number }>(
    `SELECT greatest(reltuples, 0)::float8 AS rows, pg_total_relation_size(oid)::float8 AS bytes FROM pg_class
     WHERE oid = to_regclass($1)`,
    [inSchema(schema, name)],
  )
  const size = sizeOf(rows[0]?.rows ?? 0, rows[0]?.bytes ?? 0)
  if (isDefault) return `  ${name}: all other times, ${size}`
  return `  ${name}: ${from ? dayOf(from) : 'the beginning'} to ${to ? dayOf(to) : 'the end'}, ${size}`
}

const sizeOf = (rows: number, bytes: number) =>
  `about ${Math.round(rows)} rows, ${(bytes / 1e6).toFixed(1)} MB with indexes`
