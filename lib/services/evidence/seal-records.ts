import type { Db } from '@/lib/db/client'
import { isProof, partsOfUnsealed } from '@/lib/db/evidence/proof'
import { auditRecord, isOfDigest } from '@/lib/db/evidence/record-digest'
import { unsealedCount } from '@/lib/db/evidence/unsealed'
import { loginStoreOf } from '@/lib/db/login-store/stores'
import { SealedKind } from '@/lib/model/evidence'
import { appendEntries } from './append-entries'
import { retentionAction, toRetentionEntry } from './retention-acts'

/** Records of one transaction: a login that waits for it waits a few milliseconds. */
const batchRecords = 200

/** A note that Keybound did not write is left alone so long: its record stays one that is not in the log. */
const setAsideMs = 366 * 86_400_000

type Unsealed = Awaited<ReturnType<Db['unsealedRecord']['findMany']>>[number]

/**
 * Gives records that are not in their logs a place there. They are found by the notes that were committed with them, so none is missed however late
 * its transaction ended, and sealed with the digest of what was written, not of what is in the table by now.
 * @param failed logs that cannot be added to, which are left out; those that fail now are added
 * @returns how many notes were worked off; fewer than a batch when none is left
 */
export async function sealRecords(
  db: Db,
  now: Date,
  failed: Map<string, unknown>,
): Promise<{ sealed: number; isDone: boolean }> {
  const notes = await loginStoreOf(db).dueNotes(now, batchRecords, [...failed.keys()])
  const proven = notes.filter(({ mac, ...row }) => isProof(mac, partsOfUnsealed(row)))
  // A log whose rows were made unreadable by hand keeps no other from being sealed, however many records wait for it.
  for (const [log, ofLog] of byLog(proven)) {
    await sealIn(db, log, ofLog, now).catch((failure: unknown) => void failed.set(log, failure))
  }
  const planted = notes.filter((note) => !proven.includes(note))
  for (const { recordId, kind } of planted) {
    const dueAt = new Date(now.getTime() + setAsideMs)
    await db.unsealedRecord.updateMany({ where: { recordId, kind }, data: { dueAt } })
  }
  return { sealed: proven.length, isDone: notes.length < batchRecords }
}

function byLog(notes: readonly Unsealed[]): Map<string, Unsealed[]> {
  const found = new Map<string, Unsealed[]>()
  for (const note of notes) {
    const known = found.get(note.organizationId)
    if (known) known.push(note)
    else found.set(note.organizationId, [note])
  }
  return found
}

async function sealIn(db: Db, log: string, notes: readonly Unsealed[], now: Date): Promise<void> {
  const records = notes.filter(({ kind }) => SealedKind.safeParse(kind).success)
  const counts = notes.filter(({ kind }) => kind.startsWith('count-'))
  await appendEntries(db, {
    log,
    now,
    entries: async () => [
      ...records.map(({ recordId: id, kind, at, digest }) => ({
        ...{ kind: SealedKind.parse(kind), id, at: at.toISOString(), digest },
      })),
      ...(await actsOnRetention(db, records)),
      ...(await finalCounts(db, counts)),
    ],
    notes: { done: notes, following: records.filter(({ isCounted }) => isCounted).map(unsealedCount) },
  })
}

/** What acts among them set how long records are kept: the log has to know when their records are gone. */
async function actsOnRetention(db: Db, notes: readonly Unsealed[]) {
  const digests = new Map(notes.flatMap(({ kind, recordId, digest }) => (kind === 'audit' ? [[recordId, digest]] : [])))
  if (digests.size === 0) return []
  const rows = await db.auditEntry.findMany({ where: { id: { in: [...digests.keys()] }, action: retentionAction } })
  return rows.filter((row) => isOfDigest(auditRecord(row), digests.get(row.id) ?? '')).flatMap(toRetentionEntry)
}

/** The counts of records as they are now; of one that was removed there is none. */
async function finalCounts(db: Db, notes: readonly Unsealed[]) {
  const idsOf = (isAudit: boolean) =>
    notes.filter(({ kind }) => (kind === 'count-audit') === isAudit).map(({ recordId }) => recordId)
  const select = { id: true, repeats: true, lastAt: true } as const
  const [entries, decisions] = [idsOf(true), idsOf(false)]
  const rows = [
    ...(entries.length > 0 ? await db.auditEntry.findMany({ where: { id: { in: entries } }, select }) : []),
    ...(decisions.length > 0 ? await db.decision.findMany({ where: { id: { in: decisions } }, select }) : []),
  ]
  return rows.map(({ id, repeats, lastAt }) => ({
    ...{ kind: 'count' as const, id, repeats, lastAt: lastAt?.toISOString() ?? null },
  }))
}
