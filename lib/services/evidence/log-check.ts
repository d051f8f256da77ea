import { z } from 'zod'
import { type EvidenceJwk, openSigned } from '@/lib/db/evidence/checkpoint-signature'
import { type EvidenceRecord, isOfDigest, linkHash, originHash } from '@/lib/db/evidence/record-digest'
import { readStored, storedOrNull } from '@/lib/db/stored-json'
import { CheckpointClaims, LogEntry, type LogHead, type LogProblem, SealedKind } from '@/lib/model/evidence'
import { lookUpId } from './append-entries'
import { countedRecords } from './counted-records'
import { missingRecords } from './missing-records'
import { removalCheck } from './removal-check'

export type StoredLink = { seq: number; entry: string; hash: string; recordId?: string }
type Place = { seq: number; hash: string }
type Given = {
  log: string
  /** Keys with which checkpoints may be signed. */
  keys: readonly EvidenceJwk[]
  /** Checkpoints that were kept elsewhere. */
  kept?: readonly CheckpointClaims[]
  /** When the export of the log began; null where it is read from the database. */
  readAt?: string | null
}

/**
 * Checks the links of a log one after the other, and the records whose digests they hold. Links that do not follow are named, and checking goes on from
 * them. `take` answers what is wrong with a link; its record is null where there is none.
 */
export function checkLog({ log, keys, kept = [], readAt = null }: Given) {
  const counts = { records: 0, removed: 0, adopted: 0, checkpoints: 0 }
  const missing = missingRecords()
  const removals = removalCheck()
  const counted = countedRecords(readAt)
  let last: Place = { seq: 0, hash: originHash(log) }
  /** The last entry that is proven by a checkpoint. */
  let provenTo = 0

  /** @param isOmitted the record is there, but not at hand */
  function take(link: StoredLink, record: EvidenceRecord | null, isOmitted = false): LogProblem[] {
    const before = last
    const stored = readStored(link.entry, LogEntry)
    const problems = [...follows(before, link, stored.readable ? stored.value : null)]
    last = { seq: link.seq, hash: link.hash }
    for (const claims of kept) {
      if (claims.seq !== link.seq) continue
      if (claims.hash === link.hash) provenTo = Math.max(provenTo, link.seq)
      else {
        problems.push(
          problem(
            'entry-changed',
            link.seq,
            `Entry ${link.seq} is not the one that the given checkpoint of ${claims.at} signs.`,
          ),
        )
      }
    }
    if (!stored.readable) return problems
    const mayBeOmitted = SealedKind.safeParse(stored.value.kind).success || stored.value.kind === 'count'
    if (isOmitted && !mayBeOmitted) {
      const message = `Entry ${link.seq} (${stored.value.kind}) says that its record is left out, but entries of its kind have none.`
      problems.push(problem('entry-changed', link.seq, message))
    }
    if (!isOmitted || !mayBeOmitted) problems.push(...checkEntry(stored.value, before, record))
    return problems
  }

  function checkEntry(entry: LogEntry, before: Place, record: EvidenceRecord | null): LogProblem[] {
    switch (entry.kind) {
      case 'accepted':
      case 'refused':
      case 'audit':
        return checkRecord(entry, record)
      case 'count':
        return counted.faultsOf(entry, record)
      case 'retention': {
        removals.sawAct(entry)
        return []
      }
      case 'removed': {
        missing.removed(entry.of, entry.before)
        const why = removals.faultOf(entry)
        return why === null ? [] : [problem('retention-changed', entry.seq, `Entry ${entry.seq}: ${why}`)]
      }
      case 'checkpoint': {
        counts.checkpoints += 1
        const claims = storedOrNull(openSigned(entry.jws, keys, 'checkpoint'), CheckpointClaims)
        if (claims?.log === log && claims.seq === before.seq && claims.hash === before.hash) {
          provenTo = Math.max(provenTo, before.seq)
          return []
        }
        const why = claims ? 'signs another entry than the one before it' : 'is signed by no known key'
        return [problem('checkpoint-invalid', entry.seq, `The checkpoint in entry ${entry.seq} ${why}.`)]
      }
      case 'head-changed':
        return [
          problem(
            'head-changed',
            entry.seq,
            `The end of the log was changed by hand before entry ${entry.seq}, at ${entry.at} or earlier.`,
          ),
        ]
      default:
        return []
    }
  }

  function checkRecord(entry: LogEntry & { id: string; digest: string; at: string }, record: EvidenceRecord | null) {
    if ('adopted' in entry && entry.adopted) counts.adopted += 1
    if (record === null) {
      const why = ofRecord('record-missing', entry, 'It was deleted, and not by retention.')
      missing.add(SealedKind.parse(entry.kind), { at: entry.at, problem: why })
      return []
    }
    counts.records += 1
    counted.saw(record)
    if (record.id === entry.id && isOfDigest(record, entry.digest)) {
      removals.sawRecord(entry.id, record)
      return []
    }
    return [ofRecord('record-changed', entry, 'It is not what was written.')]
  }

  /** What is missing at the end. @param head what is stored as the log's end; null where there is none */
  function end(head: LogHead | null): LogProblem[] {
    const problems: LogProblem[] = []
    const ends = [
      ...(head ? [{ ...head, of: 'the stored head' }] : []),
      ...kept.map((one) => ({ ...one, of: `the checkpoint of ${one.at}` })),
    ]
    for (const { seq, of } of ends) {
      if (seq > last.seq) {
        problems.push(
          problem(
            'log-truncated',
            last.seq + 1,
            `The log ends with entry ${last.seq}, but ${of} says that it has ${seq}.`,
          ),
        )
      }
    }
    if (head && head.seq === last.seq && head.hash !== last.hash) {
      problems.push(problem('entry-changed', last.seq, `Entry ${last.seq} is not the one that the stored head names.`))
    }
    if (head?.isProven === false) {
      problems.push(problem('head-changed', head.seq, 'The stored head of the log was changed or deleted by hand.'))
    }
    const { removed, problems: unexplained } = missing.settle()
    counts.removed = removed
    return [...problems, ...unexplained]
  }

  return { take, end, counts, last: () => last, provenTo: () => provenTo, unsettled: counted.unsettled }
}

function* follows(before: Place, link: StoredLink, entry: LogEntry | null): Generator<LogProblem> {
  const { seq } = link
  if (seq <= before.seq) return yield problem('entry-extra', seq, `Entry ${seq} is there twice, or out of order.`)
  if (seq > before.seq + 1) {
    const to = seq - 1
    const which = to === before.seq + 1 ? `Entry ${to} is` : `Entries ${before.seq + 1} to ${to} are`
    return yield problem('entry-missing', before.seq + 1, `${which} missing.`)
  }
  if (linkHash(before.hash, link.entry) !== link.hash) {
    return yield problem(
      'entry-changed',
      seq,
      `Entry ${seq} does not follow entry ${before.seq}: one of both was changed or replaced.`,
    )
  }
  if (entry === null) return yield problem('entry-changed', seq, unknownEntry(link))
  const isPlaced = entry.seq === seq && (link.recordId === undefined || link.recordId === lookUpId(entry))
  if (!isPlaced) yield problem('entry-changed', seq, `Entry ${seq} has another place or name than was sealed.`)
}

const AnyEntry = z.looseObject({ kind: z.string().regex(/^[a-z][a-z-]{0,39}$/) })

/** An entry that follows the one before it, and is of no known kind or form: a later version may have written it. */
function unknownEntry({ seq, entry }: StoredLink): string {
  const kind = storedOrNull(entry, AnyEntry)?.kind
  const what =
    kind === undefined
      ? 'is none that this version knows'
      : `is of the kind ${kind} in a form that this version does not know`
  return `Entry ${seq} ${what}. A later version of Keybound may have written it: verify with the version that wrote the log, or a later one.`
}

const problem = (code: LogProblem['code'], seq: number | null, message: string): LogProblem => ({
  ...{ code, seq, record: null, message },
})

function ofRecord(
  code: LogProblem['code'],
  entry: { seq: number; kind: string; id: string },
  what: string,
): LogProblem {
  const noun = entry.kind === 'audit' ? 'audit entry' : 'decision'
  return { code, seq: entry.seq, record: entry.id, message: `The ${noun} ${entry.id} (entry ${entry.seq}): ${what}` }
}
