import type { Db } from '@/lib/db/client'
import { isId, isRequestId } from '@/lib/ids'
import { countRow, recountAt, recountEveryMs, totalOf } from './count-row'
import { changedMax, nearIncidents } from './group-refusals'
import { type Group, groupOf, incidentBatch, readRefusals } from './incident-batch'
import { cursorOf, type Membership, writeBatch } from './write-batch'

/** Rows of one batch. */
const rowsMax = 100

/**
 * Reads the numbers of rows into which refusals are still counted, those that were not read for longest first, and counts what is new in
 * their incidents.
 * @returns whether none is due any more
 */
export async function recountRefusals(
  db: Db,
  log: string,
  now: Date,
): Promise<{ isDone: boolean; isWritten?: boolean }> {
  const stored = await db.incidentRefusal.findMany({
    where: { organizationId: log, recountAt: { lte: now } },
    orderBy: [{ organizationId: 'asc' }, { recountAt: 'asc' }],
    take: rowsMax,
  })
  // What cannot be found by its key was put there by hand.
  const due = stored.filter(({ decisionId, incidentId }) => isRequestId(decisionId) && isId(incidentId))
  if (due.length === 0) return { isDone: true }
  const cursor = await cursorOf(db, log)
  const rows = new Map(
    (
      await readRefusals(
        db,
        due.map(({ decisionId }) => decisionId),
      )
    ).map((row) => [row.id, row]),
  )
  const known = await groupsOf(db, due)
  const found: { row: Row; group: Group; counted: Membership }[] = []
  const [members, unchanged]: [Membership[], string[]] = [[], []]
  for (const counted of due) {
    const row = rows.get(counted.decisionId)
    // Removed by retention, or final: it is not read again.
    if (!row) members.push({ ...counted, recountAt: null })
    else if (totalOf(row) > counted.counted)
      found.push({ row, group: known.get(counted.incidentId) ?? (await groupOf(row)), counted })
    else if (recountAt(row, now) === null) members.push({ ...counted, recountAt: null })
    else unchanged.push(row.id)
  }
  const incidents = incidentBatch(await nearIncidents(db, found))
  let isCut = false
  for (const { row, group, counted } of found) {
    isCut = incidents.changed().length >= changedMax
    if (isCut) break
    members.push(...countRow(incidents, { row, group, log, now, counted }))
  }
  const next = { decisionIds: unchanged, recountAt: new Date(now.getTime() + recountEveryMs) }
  const isWritten = await writeBatch(db, {
    cursor,
    seq: cursor.seq,
    incidents,
    members,
    isRecount: true,
    unchanged: next,
  })
  return { isDone: isWritten && !isCut && stored.length < rowsMax, isWritten }
}

type Row = Awaited<ReturnType<typeof readRefusals>>[number]

/** The groups of the incidents in which rows were counted last. */
async function groupsOf(db: Db, members: readonly Membership[]): Promise<Map<string, Group>> {
  const ids = [...new Set(members.map(({ incidentId }) => incidentId))]
  const select = { id: true, groupKey: true, issuer: true, isMixed: true } as const
  const incidents = await db.incident.findMany({ where: { id: { in: ids } }, select })
  return new Map(incidents.map(({ id, groupKey, issuer, isMixed }) => [id, { key: groupKey, issuer, isMixed }]))
}
