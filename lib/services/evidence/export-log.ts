import type { Db } from '@/lib/db/client'
import { signEnd } from '@/lib/db/evidence/checkpoint-signature'
import { type EvidenceRecord, isOfDigest } from '@/lib/db/evidence/record-digest'
import { storedOrNull } from '@/lib/db/stored-json'
import { LogEntry, type LogHead } from '@/lib/model/evidence'
import { isAdopted } from './adoption'
import { lookUpId } from './append-entries'
import { evidenceKeySet, evidenceSigner } from './evidence-key'
import { exportFormat } from './export-format'
import { lastCheckpoint } from './list-checkpoints'
import { type LinkWithRecord, readHead, readWholeLog } from './read-links'

type Part = { trustIds: string[] | null; holds: (record: EvidenceRecord) => boolean }
const whole: Part = { trustIds: null, holds: () => true }

/**
 * Objects of an exported log, one a line: what it is, each entry with its record, and the end, which is signed where the head is one that Keybound
 * wrote. Of a part of the records only; the others are marked as left out, so that one which is missing is told from them.
 */
export async function* exportLog(db: Db, log: string, now: Date, { trustIds, holds } = whole): AsyncGenerator<unknown> {
  const organization = log === '' ? null : await db.organization.findUnique({ where: { id: log } })
  const sign = await evidenceSigner(db, now, signEnd)
  const first = await readHead(db, log)
  const of = { log, organization: organization?.name ?? null, at: now.toISOString() }
  yield {
    ...{ format: exportFormat, version: 1, ...of },
    ...{ records: trustIds ? 'chosen' : 'all', head: first, keys: await evidenceKeySet(db) },
  }
  const batches = readWholeLog(db, log, first)
  let head: LogHead | null = first
  for (;;) {
    const { done, value } = await batches.next()
    if (done) {
      head = value
      break
    }
    for (const link of value) {
      const { seq, entry, hash, record, recordId } = link
      const read = storedOrNull(entry, LogEntry)
      // Only a name that was changed by hand is another than the entry says, so only then is it told.
      const place = { seq, ...(read && lookUpId(read) !== recordId && { recordId }), entry, hash }
      yield isOmitted(link, read, holds) ? { ...place, record: null, omitted: true } : { ...place, record }
    }
  }
  const jws = head?.isProven && sign ? sign({ ...of, seq: head.seq, hash: head.hash }) : null
  yield { end: { head, unsealed: await countUnsealed(db, log), jws } }
}

/**
 * Whether the record of an entry is left out. What a record says it is about counts only while it is what was written: one that was changed is
 * in every part, so that verification names it.
 */
function isOmitted({ record }: LinkWithRecord, read: LogEntry | null, holds: Part['holds']): boolean {
  if (record === null || holds(record)) return false
  if (read?.kind === 'count')
    return record.id === read.id && record.repeats === read.repeats && record.lastAt === read.lastAt
  return read !== null && 'digest' in read && record.id === read.id && isOfDigest(record, read.digest)
}

/** Where a log ends, and what is not in it yet. */
export async function getLogHead(db: Db, log: string) {
  const head = await db.chainHead.findUnique({ where: { organizationId: log } })
  const checkpoint = await lastCheckpoint(db, log)
  return {
    ...{ log, entries: head?.seq ?? 0, hash: head?.hash ?? null, sealedAt: head?.sealedAt ?? null },
    unsealed: await countUnsealed(db, log, unsealedMax),
    checkpoint: checkpoint && { seq: checkpoint.seq, at: new Date(checkpoint.at) },
    isComplete: await isAdopted(db, log),
  }
}

/** Records that wait for their place in a log and are counted where it is only looked at: a burst of refusals leaves many. */
export const unsealedMax = 1_000

const countUnsealed = (db: Db, log: string, take?: number) =>
  db.unsealedRecord.count({
    where: { organizationId: log, kind: { in: ['accepted', 'refused', 'audit'] } },
    ...(take !== undefined && { orderBy: { organizationId: 'asc' }, take }),
  })
