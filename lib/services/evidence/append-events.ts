import type { Db, Tx } from '@/lib/db/client'
import type { EventType } from '@/lib/model/evidence'
import { appendEntries } from './append-entries'

/** Ids and codes only: an entry is kept for good, and goes into packs about other trusts. */
export type NewEvent = {
  type: EventType
  at: Date
  /** The incident, key source or trust. */
  of: string
  /** The alarm, or the rule. */
  code?: string
  severity?: string
}

/**
 * Adds events to a log. `settle` notes in the same transaction that they are told, and answers whether they still were to be; where another process was
 * quicker, nothing is written.
 * @returns whether they were written
 */
export async function appendEvents(
  db: Db,
  log: string,
  { events, now, settle }: { events: readonly NewEvent[]; now: Date; settle: (tx: Tx) => Promise<boolean> },
): Promise<boolean> {
  const entries = events.map(({ at, ...event }) => ({ kind: 'event' as const, at: at.toISOString(), ...event }))
  const together = async (tx: Tx) => {
    if (!(await settle(tx))) throw new ToldByAnother()
  }
  return appendEntries(db, { log, now, entries: () => entries, together }).catch((error) => {
    if (!(error instanceof ToldByAnother)) throw error
    return false
  })
}

/**
 * Tells what is due, all of a log together. Where that is not written, because one of them was told by another or is a row that cannot be found by
 * what it says of itself, one by one.
 * @param tell writes events of some of them, as `appendEvents` does
 * @returns whether any were written
 */
export async function tellByLog<Due>(
  due: readonly Due[],
  logOf: (one: Due) => string,
  tell: (log: string, some: readonly Due[]) => Promise<boolean>,
): Promise<boolean> {
  let isAnyTold = false
  for (const log of new Set(due.map(logOf))) {
    const own = due.filter((one) => logOf(one) === log)
    const isTold = await tell(log, own)
    isAnyTold ||= isTold
    if (isTold || own.length === 1) continue
    for (const one of own) isAnyTold = (await tell(log, [one])) || isAnyTold
  }
  return isAnyTold
}

/** Another process has told of the same; nothing was written here. */
class ToldByAnother extends Error {}
