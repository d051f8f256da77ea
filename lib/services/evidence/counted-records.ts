import type { FlatValue } from '@/lib/db/evidence/canonical-json'
import { digestOf, type EvidenceRecord, isCounted } from '@/lib/db/evidence/record-digest'
import { countedMs } from '@/lib/db/evidence/unsealed'
import type { LogEntry, LogProblem } from '@/lib/model/evidence'

type Count = Extract<LogEntry, { kind: 'count' }>
type Seen = { at: FlatValue; repeats: FlatValue; lastAt: FlatValue; digest: string }

/** Records whose number has not come yet: those of about an hour. */
const rememberedMax = 200_000
const namedMax = 100

/**
 * Compares records into which acts were counted with the entries that seal their numbers. In an exported log a record stands twice, with its own
 * entry and with that of its number, so both have to say the same.
 * @param readAt when the export began; null where both are read from the database
 */
export function countedRecords(readAt: string | null) {
  const open = new Map<unknown, Seen>()
  const unsettled: LogProblem[] = []
  let isFull = false
  return {
    saw(record: EvidenceRecord) {
      if (readAt === null || !isCounted(record)) return
      const { id, at = null, repeats = null, lastAt = null } = record
      open.set(id, { at, repeats, lastAt, digest: digestOf(record) })
      if (open.size <= rememberedMax) return
      isFull = true
      open.delete(open.keys().next().value)
    },
    faultsOf(entry: Count, record: EvidenceRecord | null): LogProblem[] {
      const before = open.get(entry.id)
      open.delete(entry.id)
      if (record !== null && !isTheSame(entry, record, before)) return [changed(entry)]
      if (before === undefined || agrees(before, entry)) return []
      const wasFinal = readAt === null || Date.parse(String(before.at)) + countedMs <= Date.parse(readAt)
      if (wasFinal) return [changed(entry)]
      if (unsettled.length < namedMax) unsettled.push(changed(entry))
      return []
    },
    /** Numbers that differ where the record may have been read before its number was final: right only if the export began when it says. */
    unsettled: () => unsettled,
  }

  function isTheSame(entry: Count, record: EvidenceRecord, before: Seen | undefined): boolean {
    if (record.id !== entry.id || !agrees(record, entry)) return false
    return before === undefined ? readAt === null || isFull : digestOf(record) === before.digest
  }
}

const agrees = ({ repeats, lastAt }: EvidenceRecord | Seen, entry: Count) =>
  repeats === entry.repeats && lastAt === entry.lastAt

const changed = ({ seq, id }: Count): LogProblem => ({
  ...{ code: 'count-changed', seq, record: id },
  message: `The record ${id} (entry ${seq}): The number of acts counted into it, or the time of the last, was changed.`,
})
