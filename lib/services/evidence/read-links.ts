import type { Db } from '@/lib/db/client'
import { isProof, partsOfHead } from '@/lib/db/evidence/proof'
import { auditRecord, decisionRecord, type EvidenceRecord } from '@/lib/db/evidence/record-digest'
import { isId, isRequestId } from '@/lib/ids'
import type { LogHead } from '@/lib/model/evidence'

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
    const links = await db.chainEntry.findMany({
      where: { organizationId: log, seq: { gt: last, lte: upTo } },
      orderBy: [{ organizationId: 'asc' }, { seq: 'asc' }],
      take: batchLinks,
    })
    const end = links.at(-1)
    if (!end) return
    last = end.seq
    const records = await recordsOf(
      db,
      links.map(({ recordId }) => recordId.replace(/^count:/, '')),
    )
    yield links.map(({ seq, recordId, entry, hash }) => {
      return { seq, recordId, entry, hash, record: records.get(recordId.replace(/^count:/, '')) ?? null }
    })
  }
}

/** Audit entries have UUIDs, decisions the ids of requests, so an id is of one table. */
async function recordsOf(db: Db, ids: readonly string[]): Promise<Map<string, EvidenceRecord>> {
  const where = (isDecision: boolean) => ({ id: { in: ids.filter((id) => id.startsWith('req-') === isDecision) } })
  const [entries, decisions] = [
    await db.auditEntry.findMany({ where: where(false) }),
    await db.decision.findMany({ where: where(true) }),
  ]
  return new Map([
    ...entries.map((row): [string, EvidenceRecord] => [row.id, auditRecord(row)]),
    ...decisions.map((row): [string, EvidenceRecord] => [row.id, decisionRecord(row)]),
  ])
}

/** The end of a log as it is stored; of a log without a head, the last entry, which nothing proves. Null where there is neither. */
export async function readHead(db: Db, log: string): Promise<LogHead | null> {
  const head = await db.chainHead.findUnique({ where: { organizationId: log } })
  if (head) return { seq: head.seq, hash: head.hash, isProven: isProof(head.mac, partsOfHead(head)) }
  const last = await db.chainEntry.findFirst({ where: { organizationId: log }, orderBy: { seq: 'desc' } })
  return last && last.seq >= 1 ? { seq: last.seq, hash: last.hash, isProven: false } : null
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
