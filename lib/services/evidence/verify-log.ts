import type { Db } from '@/lib/db/client'
import { isProof, partsOfUnsealed } from '@/lib/db/evidence/proof'
import type { RecordTable } from '@/lib/db/evidence/record-digest'
import { type LogHead, type LogProblem, type LogResult, placesOfLog, type VerificationLine } from '@/lib/model/evidence'
import { isAdopted } from './adoption'
import { changedPeriods } from './changed-periods'
import { delayedSealing } from './delayed-sealing'
import { evidenceKeySet } from './evidence-key'
import { knownRecords } from './known-records'
import { checkLog } from './log-check'
import { batchLinks, type LinkWithRecord, readHead, readWholeLog } from './read-links'

/** Problems that are told one by one; further ones are counted. */
const problemsMax = 100

/**
 * Checks a log and all records of its organization against each other: every link, every record whose digest a link holds, and that there is no
 * record without a link. Memory does not depend on their number; between batches others get their turn.
 */
export async function* verifyLog(db: Db, log: string, now: Date): AsyncGenerator<VerificationLine> {
  const found: LogProblem[] = []
  let problems = 0
  const tell = (these: readonly LogProblem[]): VerificationLine[] => {
    problems += these.length
    const told = these.slice(0, Math.max(0, problemsMax - found.length))
    found.push(...told)
    return told.map((problem) => ({ problem }))
  }
  const first = await readHead(db, log)
  const check = checkLog({ log, keys: await evidenceKeySet(db) })
  let done = 0
  const progress = (): VerificationLine => ({ progress: { done, total: Math.max(2 * (first?.seq ?? 0), done) } })

  yield progress()
  const batches = readWholeLog(db, log, first)
  let head: LogHead | null = first
  let entriesRead = 0
  for (;;) {
    const startedMs = performance.now()
    const batch = await batches.next()
    if (batch.done) {
      head = batch.value
      break
    }
    entriesRead += batch.value.length
    const wrong = batch.value.flatMap(({ record, ...link }) => check.take(link, record))
    yield* tell([...wrong, ...(await missingCounts(db, log, batch.value))])
    done += batch.value.length
    yield progress()
    await turnOfOthers(performance.now() - startedMs)
  }
  yield* tell([...check.end(head), ...(await strayEntries(db, log, { upTo: head?.seq ?? 0, entriesRead }))])
  yield* tell([...(await delayedSealing(db, log, now)), ...(await changedPeriods(db))])

  // Records that are older than the logs are being taken up.
  const isComplete = await isAdopted(db, log)
  let notTakenUp = 0
  for (const table of ['audit', 'decision'] as const) {
    const read = table === 'audit' ? readEntries : readDecisions
    for (let after: Place | null = null; ; ) {
      const startedMs = performance.now()
      const rows: Place[] = await read(db, log, after)
      const last = rows.at(-1)
      if (!last) break
      // A time that cannot be read comes first or last; its record is named as changed, or as unknown.
      after = last.at.getTime() === 0 ? null : last
      const ids = rows.map(({ id }) => id)
      const known = await knownRecords(db, log, table, ids)
      const unknown = ids.filter((id) => !known.has(id))
      if (isComplete) yield* tell(unknown.map((id) => unknownRecord(table, id)))
      else notTakenUp += unknown.length
      done += rows.length
      yield progress()
      if (after === null) break
      await turnOfOthers(performance.now() - startedMs)
    }
  }
  const unsealed = await db.unsealedRecord.count({
    where: { organizationId: log, kind: { in: ['accepted', 'refused', 'audit'] } },
  })
  const { seq: entries, hash } = check.last()
  const result: LogResult = {
    ...{ intact: problems === 0, entries, hash, ...check.counts, unsealed: unsealed + notTakenUp, problems },
    first: found[0] ?? null,
  }
  yield { result }
}

/** As long again as the work took, so that logins are answered meanwhile. */
const turnOfOthers = (workMs: number) => new Promise((resolve) => setTimeout(resolve, Math.min(workMs, 50)))

/** Of records into which acts are counted, the number is sealed or waits for that. */
async function missingCounts(db: Db, log: string, links: LinkWithRecord[]): Promise<LogProblem[]> {
  const counted = links.filter(({ record, recordId }) => record && record.repeats !== null && recordId === record.id)
  if (counted.length === 0) return []
  const recordIds = counted.map(({ recordId }) => recordId)
  const notes = await db.unsealedRecord.findMany({
    where: { recordId: { in: recordIds }, kind: { startsWith: 'count-' } },
  })
  const entries = await db.chainEntry.findMany({
    where: { organizationId: log, recordId: { in: recordIds.map((id) => `count:${id}`) }, seq: placesOfLog },
    select: { recordId: true },
  })
  const known = new Set([
    // One that was put off by hand has no proof any more, and will not be sealed.
    ...notes.filter(({ mac, ...row }) => isProof(mac, partsOfUnsealed(row))).map(({ recordId }) => `count:${recordId}`),
    ...entries.map(({ recordId }) => recordId),
  ])
  return counted.flatMap(({ seq, recordId }) => {
    const message = `The record ${recordId} (entry ${seq}): the note by which its number of acts is sealed was deleted.`
    return known.has(`count:${recordId}`) ? [] : [{ code: 'count-changed' as const, seq, record: recordId, message }]
  })
}

/** Nothing comes after the head, before the first entry, or at a place that is no whole number, which SQLite can store. */
async function strayEntries(
  db: Db,
  log: string,
  { upTo, entriesRead }: { upTo: number; entriesRead: number },
): Promise<LogProblem[]> {
  const extra = (seq: number | null, message: string): LogProblem[] => [
    { code: 'entry-extra', seq, record: null, message },
  ]
  const early = await db.chainEntry.findFirst({ where: { organizationId: log, seq: { lt: 1 } } })
  if (early) return extra(early.seq, `Entry ${early.seq} was added by hand: a log begins with 1.`)
  const between =
    (await db.chainEntry.count({ where: { organizationId: log, seq: { gte: 1, lte: upTo } } })) - entriesRead
  if (between > 0)
    return extra(
      null,
      `${between} ${between === 1 ? 'entry was' : 'entries were'} added by hand: a log has whole numbers only.`,
    )
  for (let end = upTo; ; ) {
    const later = await db.chainEntry.findFirst({
      where: { organizationId: log, seq: { gt: end } },
      orderBy: { seq: 'asc' },
    })
    if (!later) return []
    // What was sealed meanwhile is within the present head.
    const head = (await readHead(db, log))?.seq ?? 0
    if (head <= end)
      return extra(later.seq >= 1 ? later.seq : null, `An entry was added by hand: the log ends with ${end}.`)
    end = head
  }
}

type Place = { id: string; at: Date }

const range = (log: string, after: Place | null) => ({
  where: {
    organizationId: log === '' ? null : log,
    ...(after && { at: { lte: after.at }, OR: [{ at: { lt: after.at } }, { at: after.at, id: { lt: after.id } }] }),
  },
  orderBy: [{ organizationId: 'desc' as const }, { at: 'desc' as const }, { id: 'desc' as const }],
  select: { id: true, at: true } as const,
  take: batchLinks,
})
const readEntries = (db: Db, log: string, after: Place | null) => db.auditEntry.findMany(range(log, after))
const readDecisions = (db: Db, log: string, after: Place | null) => db.decision.findMany(range(log, after))

function unknownRecord(table: RecordTable, id: string): LogProblem {
  const noun = table === 'decision' ? 'decision' : 'audit entry'
  return {
    code: 'record-unknown',
    seq: null,
    record: id,
    message: `The ${noun} ${id} is not in the log: Keybound did not write it.`,
  }
}
