import type { Db } from '@/lib/db/client'
import { changesBefore } from './changes-before'

/** Incidents of one batch. */
const incidentsMax = 20
/** Looked for again once: an event of a key source may be on record a little after the refusal. */
const againAfterMs = 5 * 60_000

/**
 * Keeps, of incidents that began, what changed last before, for the list. @returns whether none is left
 */
export async function noteChanges(db: Db, now: Date): Promise<{ isDone: boolean; isWritten: boolean }> {
  const due = await db.incident.findMany({
    where: { changesDueAt: { lte: now } },
    orderBy: { changesDueAt: 'asc' },
    take: incidentsMax,
  })
  let written = 0
  for (const incident of due) {
    const { changes } = await changesBefore(db, incident)
    const again = new Date(incident.firstAt.getTime() + againAfterMs)
    const { count } = await db.incident.updateMany({
      where: { id: incident.id },
      data: { lastChange: changes[0] ? JSON.stringify(changes[0]) : null, changesDueAt: again > now ? again : null },
    })
    written += count
  }
  return { isDone: due.length < incidentsMax, isWritten: written > 0 }
}
