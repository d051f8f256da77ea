import type { Db } from '@/lib/db/client'
import { countRow, totalOf } from './count-row'
import { countedOf } from './counted-of'
import { nearIncidents } from './group-refusals'
import { groupOf, incidentBatch, readRefusals } from './incident-batch'
import { cursorOf, writeBatch } from './write-batch'

/** Incidents count a row once, whichever is first: the batch that follows the log, or this. */
type Counting = { log: string; ids: readonly string[]; now: Date }

/**
 * Counts refusals in their incidents before the log is read as far as them.
 * @returns false where another write came between, and nothing was written
 */
export async function countNow(db: Db, { log, ids, now }: Counting): Promise<boolean> {
  const cursor = await cursorOf(db, log)
  const rows = await readRefusals(db, ids)
  const counted = await countedOf(db, ids)
  const fresh = rows.filter((row) => totalOf(row) > (counted.get(row.id)?.counted ?? 0))
  if (fresh.length === 0) return true
  const found = await Promise.all(fresh.map(async (row) => ({ row, group: await groupOf(row) })))
  const incidents = incidentBatch(await nearIncidents(db, found))
  const members = found.flatMap(({ row, group }) =>
    countRow(incidents, { row, group, log, now, counted: counted.get(row.id) ?? null }),
  )
  return writeBatch(db, { cursor, seq: cursor.seq, incidents, members, isRecount: true })
}
