import type { Db } from '@/lib/db/client'
import { isProof, partsOfUnsealed } from '@/lib/db/evidence/proof'
import type { LogProblem } from '@/lib/model/evidence'

/** Records are sealed within seconds; a server that takes the lease over after another's end needs a minute. */
const delayedMs = 15 * 60_000

/**
 * Notes that wait although they should be sealed by now: no server seals, or one is kept from it by a lease that was changed by hand. Until a record is
 * sealed, its deletion together with its note leaves no trace.
 */
export async function delayedSealing(db: Db, log: string, now: Date): Promise<LogProblem[]> {
  const before = { lt: new Date(now.getTime() - delayedMs) }
  const waiting = {
    organizationId: log,
    OR: [
      // Of whatever kind: one that was changed by hand is of none, and is not worked off.
      { NOT: { kind: { startsWith: 'count-' } }, at: before },
      { kind: { startsWith: 'count-' }, dueAt: before },
    ],
  }
  const [oldest] = await db.unsealedRecord.findMany({ where: waiting, orderBy: [{ at: 'asc' }], take: 1 })
  if (!oldest) return []
  const { mac, ...parts } = oldest
  const isOwn = isProof(mac, partsOfUnsealed(parts))
  const count = await db.unsealedRecord.count({ where: waiting })
  const message = isOwn
    ? `${count} ${count === 1 ? 'record waits' : 'records wait'} to be sealed, the first since ${oldest.at.toISOString()}: no server seals, or its lease was taken by hand.`
    : `The note that ${oldest.recordId} is to be sealed was not written by Keybound, or was changed.`
  return [{ code: 'sealing-delayed', seq: null, record: oldest.recordId, message }]
}
