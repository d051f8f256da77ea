import type { Db } from '@/lib/db/client'
import type { LogLink } from '@/lib/db/login-store/log-rows'
import { loginStoreOf } from '@/lib/db/login-store/stores'
import { storedOrNull } from '@/lib/db/stored-json'
import { isAlarm } from '@/lib/model/alarm'
import { LogEntry } from '@/lib/model/evidence'
import { incidentGapMs } from '@/lib/model/incident'
import { countRow } from './count-row'
import { countedOf } from './counted-of'
import { custodyOf } from './custody'
import {
  type Group,
  groupOf,
  type IncidentRow,
  incidentBatch,
  otherIssuers,
  type RefusalRow,
  readRefusals,
} from './incident-batch'
import { type Cursor, cursorOf, type Membership, replacedCursor, writeBatch } from './write-batch'

/** Entries of one batch. */
const entriesMax = 500
/** Incidents that one transaction changes: a login that waits for it waits a few milliseconds. */
export const changedMax = 20
/** Issuers of attempts that match nothing are told apart up to so many at a time: their tokens may name any. */
export const issuersMax = 200

/**
 * Counts refusals, and accepted logins that raise an alarm, that were added to an evidence log since the last batch in their incidents. A log is added to in one order, whatever the order in
 * which logins were committed, so the last entry that was read says exactly what is left, and nothing more is written by a login.
 * Records that are older than the log are left out.
 * @returns whether nothing is left
 */
export async function groupRefusals(db: Db, log: string, now: Date): Promise<{ isDone: boolean; isWritten?: boolean }> {
  const head = await db.chainHead.findUnique({ where: { organizationId: log }, select: { seq: true } })
  const cursor = await placeOf(db, log)
  if (!head || head.seq <= cursor.seq) return { isDone: true }
  const links = await loginStoreOf(db).links(log, cursor.seq, head.seq, entriesMax)
  const end = links.at(-1)
  // The stored head says that there is more than there is.
  if (!end) return { isDone: true }
  const { found: all, until, rowsAt } = await loginsOf(db, links)
  const found = cursor.version < 0 ? await uncounted(db, all) : all
  const incidents = incidentBatch(await nearIncidents(db, found))
  let issuers = found.some(({ others }) => others) ? await activeUnmatched(db, now) : 0
  let seq = Math.min(end.seq, until ?? Number.POSITIVE_INFINITY)
  const members: Membership[] = []
  let counted = 0
  for (const { seq: at, row, group, others } of found) {
    if (at > seq) break
    // What one entry raises is counted as a whole.
    if (incidents.changed().length >= changedMax && at !== counted) {
      seq = at - 1
      break
    }
    counted = at
    const isFurtherIssuer = others !== null && !incidents.has(group.key, row.at)
    if (isFurtherIssuer && issuers < issuersMax) issuers += 1
    else if (isFurtherIssuer) {
      members.push(...countRow(incidents, { row, group: others, log, now, counted: null }))
      continue
    }
    members.push(...countRow(incidents, { row, group, log, now, counted: null }))
  }
  const isWritten = await writeBatch(db, { cursor, seq, incidents, members, workloads: rowsAt(seq) })
  return { isDone: isWritten && seq >= head.seq, isWritten }
}

/** How far the log was read. One that is further than it reaches was set by hand. */
async function placeOf(db: Db, log: string): Promise<Cursor> {
  const cursor = await cursorOf(db, log)
  if (cursor.isReplaced || cursor.seq === 0) return cursor
  const head = await db.chainHead.findUnique({ where: { organizationId: log }, select: { seq: true } })
  return cursor.seq > (head?.seq ?? 0) ? replacedCursor(db, log) : cursor
}

async function uncounted(db: Db, found: readonly Found[]): Promise<Found[]> {
  const known = await countedOf(
    db,
    found.map(({ row }) => row.id),
  )
  return found.filter(({ row }) => !known.has(row.id))
}

type Found = { seq: number; row: RefusalRow; group: Group; others: Group | null }

/** What a batch counts, in the order of the log. */
async function loginsOf(db: Db, links: readonly LogLink[]) {
  const entries = links.flatMap(({ seq, entry: text }) => {
    const entry = storedOrNull(text, LogEntry)
    const isLogin = entry?.kind === 'refused' || entry?.kind === 'accepted'
    return isLogin && !entry.adopted ? [{ seq, id: entry.id, isAccepted: entry.kind === 'accepted' }] : []
  })
  const [accepted, refused] = [true, false].map((is) => entries.filter(({ isAccepted }) => isAccepted === is))
  const { raised, ...runs } = await custodyOf(db, accepted ?? [])
  const found: Found[] = [...(await refusalsOf(db, refused ?? [])), ...raised]
  return { ...runs, found: found.sort((one, other) => one.seq - other.seq) }
}

async function refusalsOf(db: Db, refused: readonly { seq: number; id: string }[]): Promise<Found[]> {
  if (refused.length === 0) return []
  const rows = new Map(
    (
      await readRefusals(
        db,
        refused.map(({ id }) => id),
      )
    ).map((row) => [row.id, row]),
  )
  const raised = await countedOf(
    db,
    [...rows.values()].flatMap(({ id, reason }) => (isAlarm({ reason: reason ?? '' }) ? [id] : [])),
  )
  const found: Found[] = []
  for (const { seq, id } of refused) {
    const row = rows.get(id)
    if (!row || raised.has(id)) continue
    const others = row.organizationId === null ? await otherIssuers(row) : null
    found.push({ seq, row, group: await groupOf(row), others })
  }
  return found
}

/** Incidents of groups that some of these refusals may belong to. */
export async function nearIncidents(
  db: Db,
  found: readonly { row: RefusalRow; group: Group; others?: Group | null }[],
): Promise<IncidentRow[]> {
  if (found.length === 0) return []
  const keys = new Set(found.flatMap(({ group, others }) => [group.key, ...(others ? [others.key] : [])]))
  const first = Math.min(...found.map(({ row }) => row.at.getTime()))
  const last = Math.max(...found.map(({ row }) => (row.lastAt ?? row.at).getTime()))
  const near = await db.incident.findMany({
    where: {
      groupKey: { in: [...keys] },
      firstAt: { lte: new Date(last + incidentGapMs) },
      at: { gte: new Date(first - incidentGapMs) },
    },
  })
  // One whose version cannot be read cannot be written; its refusals begin another.
  return near.filter(({ stateVersion }) => stateVersion >= 0)
}

/** Incidents of attempts that match nothing and may still go on, up to as many as are told apart. */
const activeUnmatched = (db: Db, now: Date) =>
  db.incident.count({
    where: { organizationId: null, at: { gte: new Date(now.getTime() - incidentGapMs) } },
    orderBy: [{ organizationId: 'desc' }, { at: 'desc' }, { id: 'desc' }],
    take: issuersMax,
  })
