import type { Db } from '@/lib/db/client'
import { appendEvents } from '../evidence/append-events'

const batchRows = 20

/** Says in the evidence logs which incidents were opened. @returns whether none is left */
export async function announceIncidents(db: Db, now: Date): Promise<{ isDone: boolean }> {
  const due = await db.incident.findMany({
    where: { announceAt: { not: null } },
    orderBy: { announceAt: 'asc' },
    take: batchRows,
    select: { id: true, organizationId: true, firstAt: true },
  })
  let isAnyTold = false
  for (const log of new Set(due.map(({ organizationId }) => organizationId ?? ''))) {
    const own = due.filter(({ organizationId }) => (organizationId ?? '') === log)
    const isTold = await announce(db, log, own, now)
    isAnyTold ||= isTold
    if (isTold || own.length === 1) continue
    // One of them was told by another, or is a row that cannot be found by what it says of itself.
    for (const one of own) isAnyTold = (await announce(db, log, [one], now)) || isAnyTold
  }
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
