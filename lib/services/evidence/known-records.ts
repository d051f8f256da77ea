import type { Db, Tx } from '@/lib/db/client'
import { isProof, partsOfUnsealed } from '@/lib/db/evidence/proof'
import { auditRecord, isOfDigest, type RecordTable } from '@/lib/db/evidence/record-digest'
import { storedOrNull } from '@/lib/db/stored-json'
import { isId } from '@/lib/ids'
import { LogEntry, placesOfLog } from '@/lib/model/evidence'

/** Ids of audit entries and of decisions never look alike: an entry of the log that has one is of that table. */
const idForm: Record<RecordTable, (id: string) => boolean> = { audit: isId, decision: (id) => id.startsWith('req-') }

/** Those of the ids of a table whose records are in a log, or will be: they are proven to be Keybound's own. */
export async function knownRecords(
  db: Db,
  log: string,
  table: RecordTable,
  all: readonly string[],
): Promise<Set<string>> {
  const ids = all.filter(idForm[table])
  // In this order: a record that is sealed in between is found among the entries.
  const notes = await db.unsealedRecord.findMany({ where: { recordId: { in: ids }, organizationId: log } })
  const entries = await db.chainEntry.findMany({
    where: { organizationId: log, recordId: { in: ids }, seq: placesOfLog },
    select: { recordId: true },
  })
  const proven = notes.filter(({ mac, ...row }) => isProof(mac, partsOfUnsealed(row)))
  return new Set([...proven, ...entries].map(({ recordId }) => recordId))
}

type AuditRow = Awaited<ReturnType<Db['auditEntry']['findMany']>>[number]

/** Whether an audit entry is what Keybound wrote: its log, or the note with which it is sealed, holds its digest. */
export async function isUnchanged(db: Db | Tx, row: AuditRow): Promise<boolean> {
  const where = { organizationId: row.organizationId ?? '', recordId: row.id }
  // In this order: an entry that is sealed in between is found in the log.
  const note = await db.unsealedRecord.findFirst({ where: { ...where, kind: 'audit' } })
  const link = await db.chainEntry.findFirst({ where: { ...where, seq: placesOfLog }, orderBy: { seq: 'asc' } })
  const entry = link && storedOrNull(link.entry, LogEntry)
  const record = auditRecord(row)
  if (entry?.kind === 'audit') return isOfDigest(record, entry.digest)
  if (note === null) return false
  const { mac, ...parts } = note
  return isOfDigest(record, note.digest) && isProof(mac, partsOfUnsealed(parts))
}
