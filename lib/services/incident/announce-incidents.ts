import type { Db } from '@/lib/db/client'
import { appendEvents, tellByLog } from '../evidence/append-events'

const batchRows = 20

/** Says in the evidence logs which incidents were opened. @returns whether none is left */
export async function announceIncidents(db: Db, now: Date): Promise<{ isDone: boolean }> {
  const due = await db.incident.findMany({
    where: { announceAt: { not: null } },
    orderBy: { announceAt: 'asc' },
    take: batchRows,
    select: { id: true, organizationId: true, firstAt: true },
  })
  const isAnyTold = await tellByLog(
    due,
    ({ organizationId }) => organizationId ?? '',
    (log, own) => announce(db, log, own, now),
  )
  return { isDone: due.length < batchRows || !isAnyTold }
}

async function announce(db: Db, log: string, own: readonly { id: string; firstAt: Date }[], now: Date) {
  const ids = own.map(({ id }) => id)
  const events = own.map(({ id, firstAt }) => ({ type: 'incident.opened' as const, at: firstAt, of: id }))
  const settle = async (tx: Pick<Db, 'incident'>) => {
    const where = { id: { in: ids }, announceAt: { not: null } }
    const { count } = await tx.incident.updateMany({ where, data: { announceAt: null } })
    return count === ids.length
  }
  return appendEvents(db, log, { events, now, settle })
}
