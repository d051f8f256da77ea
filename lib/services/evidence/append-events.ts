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

/** Another process has told of the same; nothing was written here. */
class ToldByAnother extends Error {}
