import type { z } from 'zod'
import type { EvidenceRecord } from '@/lib/db/evidence/record-digest'
import { readStored } from '@/lib/db/stored-json'
import { isId } from '@/lib/ids'
import type { LogEntry, SealedKind } from '@/lib/model/evidence'
import { recordKindOf } from '@/lib/model/retention'
import { retentionAction, SetDays } from './retention-acts'

type Removal = Extract<LogEntry, { kind: 'removed' }>
type Act = Extract<LogEntry, { kind: 'retention' }>

const dayMs = 86_400_000
/** Acts that set periods; one has to be found again while later removals follow it. */
const settingsMax = 1_000

/** An act counts from then on: one that came while records were being removed did not decide it. */
const settledMs = 600_000

type Setting = { at: number; days: z.output<typeof SetDays> }

/** Whether what retention removed is what the acts on record let it remove. Acts of other organizations are not known here. */
export function removalCheck() {
  const settings = new Map<string, Setting>()
  const note = (id: string, at: string, days: string) => {
    const read = readStored(days, SetDays)
    if (!read.readable) return
    settings.set(id, { at: Date.parse(at), days: read.value })
    const [oldest] = settings.keys()
    if (settings.size > settingsMax && oldest !== undefined) settings.delete(oldest)
  }
  return {
    /** Takes note of an act whose record may be gone. */
    sawAct: ({ of, at, days }: Act) => note(of, at, days),
    /** Takes note of an unchanged record, in the order of the log. */
    sawRecord(id: string, record: EvidenceRecord) {
      if (record.action === retentionAction && typeof record.after === 'string')
        note(id, String(record.at), record.after)
    },
    /** What is wrong with a removal, as a sentence; null where nothing is known to be. */
    faultOf({ at, before, of, days, follows }: Removal): string | null {
      if (Date.parse(before) > Date.parse(at) - days * dayMs) {
        return `records of the kind ${of} were removed before they were ${days} days old.`
      }
      const set = isId(follows) ? settings.get(follows) : undefined
      if (isId(follows) && set === undefined) return null
      if (set !== undefined && set.days[recordKindOf(of)] !== days) {
        return `records of the kind ${of} were removed after ${days} days, which the act ${follows} does not say.`
      }
      const wanted = lastFor(of, Date.parse(at) - settledMs)
      if (follows === 'environment' || wanted === undefined || wanted <= days) return null
      return `records of the kind ${of} were removed after ${days} days, although the last act on record says ${wanted}.`
    },
  }

  function lastFor(of: SealedKind, until: number): number | undefined {
    const kind = recordKindOf(of)
    let last: Setting | undefined
    for (const setting of settings.values()) {
      const { at, days } = setting
      if (at < until && days[kind] !== undefined && at >= (last?.at ?? Number.NEGATIVE_INFINITY)) last = setting
    }
    return last?.days[kind]
  }
}
