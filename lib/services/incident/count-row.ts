import { type Group, type IncidentBatch, int32Max, type RefusalRow } from './incident-batch'
import type { Membership } from './write-batch'

/** Refusals are counted into a decision's row for an hour (`lib/services/repeats.ts`); its number is final after this. */
const finalAfterMs = 75 * 60_000
/** How often the number is read until then. */
export const recountEveryMs = 15_000

type Counting = {
  row: RefusalRow
  group: Group
  log: string
  now: Date
  /** What was counted of the row before; null for a row that is new. */
  counted: Membership | null
}

/** Counts what is new of a decision's row. @returns which incidents it is part of now, as far as that changed */
export function countRow(incidents: IncidentBatch, { row, group, log, now, counted }: Counting): Membership[] {
  const total = totalOf(row)
  const member = { decisionId: row.id, organizationId: log, at: row.at }
  const last = { ...member, counted: total, recountAt: recountAt(row, now) }
  const first = counted?.incidentId ?? incidents.count(group, row, row.at, 1)
  const more = total - (counted?.counted ?? 1)
  if (more <= 0) return [{ ...last, incidentId: first }]
  const incidentId = incidents.count(group, row, row.lastAt ?? row.at, more)
  // Resolved between the first of them and the last: it is part of both.
  const before =
    incidentId === first ? [] : [{ ...member, incidentId: first, counted: counted?.counted ?? 1, recountAt: null }]
  return [...before, { ...last, incidentId }]
}

/** How many refusals a row counts. A number that was made unreadable by hand counts as none. */
export const totalOf = ({ repeats }: RefusalRow) => Math.min(1 + Math.max(0, repeats ?? 0), int32Max)

export const recountAt = ({ at, repeats }: RefusalRow, now: Date) =>
  repeats === null || now.getTime() > at.getTime() + finalAfterMs ? null : new Date(now.getTime() + recountEveryMs)
