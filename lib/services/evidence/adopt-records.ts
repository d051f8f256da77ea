import type { Db, Tx } from '@/lib/db/client'
import { auditRecord, decisionRecord, digestOf, type RecordTable } from '@/lib/db/evidence/record-digest'
import { unsealedAuditEntry, unsealedCount, unsealedDecision } from '@/lib/db/evidence/unsealed'
import type { NewEntry } from '@/lib/model/evidence'
import { saysAdopted } from './adoption'
import { appendEntries } from './append-entries'
import { knownRecords } from './known-records'

type Pacing = { mayGoOn: () => Promise<boolean>; pause: (batchMs: number) => Promise<void> }

const batchRows = 200

/**
 * Takes records up that were there before the logs, once, as they are found: what they were before is not known. A log that says that this has
 * been done is left alone, so that a record which was added by hand later is never taken up. Ends early where it may not go on; the next call
 * passes over what is in the logs already.
 * @returns whether all are taken up
 */
export async function adoptRecords(db: Db, now: () => Date, { mayGoOn, pause }: Pacing): Promise<boolean> {
  /** How many of each log; null where it is left alone. */
  const taken = new Map<string, number | null>()
  for (const table of ['audit', 'decision'] as const) {
    const read = table === 'audit' ? readEntries : readDecisions
    for (let after = ''; ; ) {
      if (!(await mayGoOn())) return false
      const startedMs = performance.now()
      const rows = await read(db, after)
      const last = rows.at(-1)
      if (!last) break
      after = last.id
      for (const log of new Set(rows.map((row) => row.log))) {
        if (!taken.has(log)) taken.set(log, (await saysAdopted(db, log)) ? null : 0)
        const before = taken.get(log) ?? null
        if (before === null) continue
        const ofLog = rows.filter((row) => row.log === log)
        taken.set(log, before + (await adopt(db, now(), { log, table }, ofLog)))
      }
      await pause(performance.now() - startedMs)
    }
  }
  const records = [...taken.values()].reduce<number>((sum, count) => sum + (count ?? 0), 0)
  await sayAdopted(db, '', now(), records)
  for (const log of await logsThatDoNotSaySo(db)) await sayAdopted(db, log, now(), taken.get(log) ?? 0)
  return true
}

/** Has every log say so itself that the older records have been taken up, once they all have. */
export async function markAdopted(db: Db, now: Date): Promise<void> {
  for (const log of await logsThatDoNotSaySo(db)) await sayAdopted(db, log, now, 0)
}

async function logsThatDoNotSaySo(db: Db): Promise<string[]> {
  const found: string[] = []
  for (const { organizationId } of await db.chainHead.findMany({ select: { organizationId: true } })) {
    if (!(await saysAdopted(db, organizationId))) found.push(organizationId)
  }
  return found
}

const sayAdopted = (db: Db, log: string, now: Date, records: number) =>
  appendEntries(db, { log, now, entries: () => [{ kind: 'adopted', at: now.toISOString(), records }] })

type UnsealedRecord = ReturnType<typeof unsealedCount>
type Place = { log: string; table: RecordTable }
type Found = { id: string; log: string; entry: () => NewEntry; count: () => UnsealedRecord | null }

async function readEntries(db: Db, after: string): Promise<Found[]> {
  const rows = await db.auditEntry.findMany({ where: { id: { gt: after } }, orderBy: { id: 'asc' }, take: batchRows })
  return rows.map((row) => ({
    ...{ id: row.id, log: row.organizationId ?? '' },
    entry: () => adopted('audit', row, digestOf(auditRecord(row))),
    count: () => (row.repeats === null ? null : unsealedCount(unsealedAuditEntry(row))),
  }))
}

async function readDecisions(db: Db, after: string): Promise<Found[]> {
  const rows = await db.decision.findMany({ where: { id: { gt: after } }, orderBy: { id: 'asc' }, take: batchRows })
  return rows.map((row) => ({
    ...{ id: row.id, log: row.organizationId ?? '' },
    entry: () => adopted(row.accepted ? 'accepted' : 'refused', row, digestOf(decisionRecord(row))),
    count: () => (row.repeats === null ? null : unsealedCount(unsealedDecision(row))),
  }))
}

const adopted = (kind: 'accepted' | 'refused' | 'audit', { id, at }: { id: string; at: Date }, digest: string) =>
  ({ kind, id, at: at.toISOString(), digest, adopted: true }) as const

async function adopt(db: Db, now: Date, { log, table }: Place, rows: readonly Found[]): Promise<number> {
  let unknown: Found[] = []
  const entries = async () => {
    const known = await knownRecords(
      db,
      log,
      table,
      rows.map(({ id }) => id),
    )
    unknown = rows.filter(({ id }) => !known.has(id))
    return unknown.length === 0 ? null : unknown.map(({ entry }) => entry())
  }
  const together = async (tx: Tx) => {
    await tx.unsealedRecord.createMany({ data: unknown.flatMap(({ count }) => count() ?? []) })
  }
  await appendEntries(db, { log, now, entries, together })
  return unknown.length
}
