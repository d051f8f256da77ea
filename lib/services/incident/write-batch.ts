import type { Db, Tx } from '@/lib/db/client'
import { inTransaction, isTaken } from '@/lib/db/transaction'
import { placesOfLog } from '@/lib/model/evidence'
import { type IncidentBatch, int32Max } from './incident-batch'
import type { WorkloadRow } from './wide-runs'

/** That a decision's refusals, so many of them, are counted in an incident. */
export type Membership = {
  decisionId: string
  incidentId: string
  organizationId: string
  at: Date
  counted: number
  recountAt: Date | null
}

export type Cursor = {
  organizationId: string
  seq: number
  version: number
  /** Whether the stored place, which was changed by hand, is replaced. */
  isReplaced?: boolean
}

type Batch = {
  /** As it was read; version -1 where there is none. */
  cursor: Cursor
  /** The last entry of the log that is in the batch. */
  seq: number
  incidents: IncidentBatch
  members: readonly Membership[]
  /** Whether some of the members are there already, and are replaced. */
  isRecount?: boolean
  /** What is remembered of workloads after the batch, where it changed. */
  workloads?: readonly WorkloadRow[]
  /** Decisions whose number was read and had not changed. */
  unchanged?: { decisionIds: readonly string[]; recountAt: Date }
}

/**
 * Writes what a batch counted, and how far it read, in one transaction: after a crash both are there, or neither. Of two servers that read the same
 * cursor, one writes; so does none where a person changed the state of an incident meanwhile.
 * @returns whether it was written
 */
export async function writeBatch(db: Db, batch: Batch): Promise<boolean> {
  try {
    await inTransaction({ db }, (tx) => write(tx, batch))
    return true
  } catch (error) {
    if (error instanceof Overtaken || isTaken(error)) return false
    throw error
  }
}

/** Another server, or a person, was quicker; nothing was written. */
class Overtaken extends Error {}

async function write(tx: Tx, batch: Batch): Promise<void> {
  const { cursor, seq, incidents, members, isRecount, workloads = [], unchanged } = batch
  const { organizationId, version } = cursor
  if (cursor.isReplaced) await tx.incidentCursor.deleteMany({ where: { organizationId } })
  if (version < 0) {
    await tx.incidentCursor.create({ data: { organizationId, seq, version: 0 } })
  } else {
    const where = { organizationId, seq: cursor.seq, version }
    const { count } = await tx.incidentCursor.updateMany({ where, data: { seq, version: version + 1 } })
    if (count !== 1) throw new Overtaken()
  }
  const changed = incidents.changed().map(({ row, addresses, spark, isNew }) => ({
    isNew,
    row: { ...row, addresses: JSON.stringify(addresses), spark: JSON.stringify(spark) },
  }))
  const created = changed.filter(({ isNew }) => isNew)
  if (created.length > 0) await tx.incident.createMany({ data: created.map(({ row }) => row) })
  for (const { row, isNew } of changed) {
    if (isNew) continue
    const { id, stateVersion, firstAt, firstDecisionId, at, lastDecisionId, count: total, isMixed } = row
    const { count } = await tx.incident.updateMany({
      where: { id, stateVersion },
      data: {
        firstAt,
        firstDecisionId,
        at,
        lastDecisionId,
        count: total,
        isMixed,
        addresses: row.addresses,
        spark: row.spark,
      },
    })
    if (count !== 1) throw new Overtaken()
  }
  if (isRecount && members.length > 0) {
    const replaced = members.map(({ decisionId, incidentId }) => ({ decisionId, incidentId }))
    await tx.incidentRefusal.deleteMany({ where: { OR: replaced } })
  }
  if (members.length > 0) await tx.incidentRefusal.createMany({ data: [...members] })
  if (workloads.length > 0) {
    const workloadHash = { in: workloads.map((row) => row.workloadHash) }
    await tx.workloadRuns.deleteMany({ where: { organizationId, workloadHash } })
    await tx.workloadRuns.createMany({ data: [...workloads] })
  }
  if (unchanged && unchanged.decisionIds.length > 0) {
    const { decisionIds, recountAt } = unchanged
    const where = { decisionId: { in: [...decisionIds] }, recountAt: { not: null } }
    await tx.incidentRefusal.updateMany({ where, data: { recountAt } })
  }
}

/** How far a log was read; what was read last is looked for where the stored place cannot be read, or is gone. */
export async function cursorOf(db: Db, organizationId: string): Promise<Cursor> {
  const stored = await db.incidentCursor.findUnique({ where: { organizationId } })
  const isOurs = stored !== null && stored.seq >= 0 && stored.version >= 0 && stored.version < int32Max
  return isOurs ? stored : { ...(await replacedCursor(db, organizationId)), isReplaced: stored !== null }
}

/** The place after the last refusals that are counted in incidents, instead of the stored one. */
export const replacedCursor = async (db: Db, organizationId: string): Promise<Cursor> => ({
  ...{ organizationId, seq: await lastCounted(db, organizationId), version: -1, isReplaced: true },
})

/** Refusals of one time may be counted in another order than they are in the log. */
const lastMembers = 500

async function lastCounted(db: Db, organizationId: string): Promise<number> {
  const members = await db.incidentRefusal.findMany({
    where: { organizationId },
    orderBy: { at: 'desc' },
    take: lastMembers,
    select: { decisionId: true },
  })
  if (members.length === 0) return 0
  const ids = members.map(({ decisionId }) => decisionId)
  const last = await db.chainEntry.findFirst({
    where: { organizationId, recordId: { in: ids }, seq: placesOfLog },
    orderBy: { seq: 'desc' },
  })
  return Math.max(0, last?.seq ?? 0)
}
