import type { Db } from '@/lib/db/client'
import { isProof, partsOfHead } from '@/lib/db/evidence/proof'
import { auditRecord, decisionRecord, type EvidenceRecord } from '@/lib/db/evidence/record-digest'
import { loginStoreOf } from '@/lib/db/login-store/stores'
import { fits } from '@/lib/db/stored-json'
import { isId, isRequestId } from '@/lib/ids'
import { LogHead, placesOfLog } from '@/lib/model/evidence'

/** Links in memory at a time, each with a record of a few kilobytes. */
export const batchLinks = 200

export type LinkWithRecord = {
  seq: number
  recordId: string
  entry: string
  hash: string
  /** Null where the entry has none, or it is gone. */
  record: EvidenceRecord | null
}

/** Links of a log after a place, up to another, with their records, in batches. */
export async function* readLinks(db: Db, log: string, upTo: number, after = 0): AsyncGenerator<LinkWithRecord[]> {
  for (let last = after; last < upTo; ) {
    const links = await loginStoreOf(db).links(log, last, upTo, batchLinks)
    const end = links.at(-1)
    if (!end) return
    last = end.seq
    const records = await recordsOf(
      db,
      links.map(({ recordId }) => recordId.replace(/^count:/, '')),
    )
    yield links.map((link) => ({ ...link, record: records.get(link.recordId.replace(/^count:/, '')) ?? null }))
  }
}

/** Audit entries have UUIDs, decisions the ids of requests, so an id is of one table. */
async function recordsOf(db: Db, ids: readonly string[]): Promise<Map<string, EvidenceRecord>> {
  const where = (isDecision: boolean) => ({ id: { in: ids.filter((id) => id.startsWith('req-') === isDecision) } })
  const [entries, decisions] = [
    await db.auditEntry.findMany({ where: where(false) }),
    // One of which SQLite cannot tell whether it was accepted is in no list, and so is not there.
    await db.decision.findMany({ where: { ...where(true), OR: [{ accepted: true }, { accepted: false }] } }),
  ]
  const cut = new Set([
    ...(await loginStoreOf(db).cutRecords('audit', idsOf(entries))),
    ...(await loginStoreOf(db).cutRecords('decision', idsOf(decisions))),
  ])
  // In a partitioned table, the key of a decision has its time too: a second one of the same id was added by hand.
  const seen = new Set<string>()
  const twice = new Set<string>()
  for (const id of idsOf(decisions)) (seen.has(id) ? twice : seen).add(id)
  const records = [...entries.map(auditRecord), ...decisions.map(decisionRecord)]
  return new Map(
    records.map((record) => {
      const id = String(record.id)
      return [id, { ...record, ...(cut.has(id) && { isCut: true }), ...(twice.has(id) && { isTwice: true }) }]
    }),
  )
}

const idsOf = (rows: readonly { id: string }[]) => rows.map(({ id }) => id)

/**
 * The end of a log as it is stored; of a log without a head that can be read, the last entry, which nothing proves. Null where there is neither.
 */
export async function readHead(db: Db, log: string): Promise<LogHead | null> {
  const stored = await db.chainHead.findUnique({ where: { organizationId: log } })
  if (stored) {
    const head = fits({ ...stored, isProven: isProof(stored.mac, partsOfHead(stored)) }, LogHead)
    if (head.readable) return head.value
  }
  const last = await lastEntry(db, log)
  return last && { seq: last.seq, hash: last.hash, isProven: false }
}

/** The last entry of a log; null where there is none. */
export async function lastEntry(db: Db, log: string): Promise<{ seq: number; hash: string } | null> {
  for (let skip = 0; ; skip++) {
    const last = await db.chainEntry.findFirst({
      where: { organizationId: log, seq: placesOfLog },
      orderBy: { seq: 'desc' },
      skip,
    })
    // SQLite keeps fractions too; they read as -1.
    if (last === null || last.seq >= placesOfLog.gte) return last
  }
}

/**
 * Links from the first to the head, and on to the present head while records are missing: what retention removes meanwhile is said in later entries.
 * @returns the head up to which was read
 */
export async function* readWholeLog(
  db: Db,
  log: string,
  from: LogHead | null,
): AsyncGenerator<LinkWithRecord[], LogHead | null> {
  let [head, readTo, isMissing] = [from, 0, true]
  while (head && head.seq > readTo && isMissing) {
    isMissing = false
    for await (const links of readLinks(db, log, head.seq, readTo)) {
      isMissing ||= links.some(({ recordId, record }) => record === null && isRecordId(recordId))
      yield links
    }
    readTo = head.seq
    if (!isMissing) break
    const now = await readHead(db, log)
    // A head that was set back is looked at by those who compare the one read last.
    if (now && now.seq > head.seq) head = now
  }
  return head
}

const isRecordId = (id: string) => isId(id) || isRequestId(id)
