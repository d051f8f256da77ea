import { z } from 'zod'
import type { Db, Tx } from '@/lib/db/client'
import { storedOrNull } from '@/lib/db/stored-json'
import { LogEntry, type NewEntry, placesOfLog } from '@/lib/model/evidence'

export const retentionAction = 'retention.updated'

/** Days by kind of record, as an act set them. */
export const SetDays = z.record(z.string(), z.int())

export type RetentionAct = { id: string; at: Date; after: z.output<typeof SetDays> }

type Row = { id: string; at: Date; after: string | null }

/** The entry by which a log knows of an act that set periods, also when its record is gone; none where it cannot be read. */
export function toRetentionEntry({ id, at, after }: Row): Extract<NewEntry, { kind: 'retention' }>[] {
  if (after === null || storedOrNull(after, SetDays) === null) return []
  return [{ kind: 'retention', at: at.toISOString(), of: id, days: after }]
}

/** The last acts that set periods, as a log knows them. */
export async function retentionActsIn(db: Db | Tx, log: string, take: number): Promise<RetentionAct[]> {
  const links = await db.chainEntry.findMany({
    where: { organizationId: log, recordId: 'retention', seq: placesOfLog },
    orderBy: [{ organizationId: 'desc' }, { recordId: 'desc' }, { seq: 'desc' }],
    take,
  })
  return links.flatMap(({ entry: text }) => {
    const entry = storedOrNull(text, LogEntry)
    if (entry?.kind !== 'retention') return []
    const after = storedOrNull(entry.days, SetDays)
    return after ? [{ id: entry.of, at: new Date(entry.at), after }] : []
  })
}
