import type { Db } from '@/lib/db/client'
import { storedOrNull } from '@/lib/db/stored-json'
import { LogEntry, placesOfLog } from '@/lib/model/evidence'

/** Whether the records that are older than all logs are in them. */
export async function areAllAdopted(db: Db): Promise<boolean> {
  return (
    (await db.chainEntry.findFirst({ where: { organizationId: '', recordId: 'adopted', seq: placesOfLog } })) !== null
  )
}

/** Whether a log says of itself that all records which are older are in it; no other log can take that back. */
export async function saysAdopted(db: Db, log: string): Promise<boolean> {
  const rows = await db.chainEntry.findMany({
    where: { organizationId: log, recordId: { in: ['adopted', 'began'] }, seq: placesOfLog },
    // In the order of the index by record; else SQLite looks through the whole log.
    orderBy: [{ recordId: 'asc' }, { organizationId: 'asc' }],
    take: 10,
  })
  return rows.some(({ recordId, entry }) => {
    if (recordId === 'adopted') return true
    const read = storedOrNull(entry, LogEntry)
    return read?.kind === 'began' && read.isComplete === true
  })
}

/** Whether every record of a log that has no entry in it was written by another than Keybound. */
export const isAdopted = async (db: Db, log: string) => (await saysAdopted(db, log)) || areAllAdopted(db)
