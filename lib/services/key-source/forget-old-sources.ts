import { dayOf } from '@/lib/day-of'
import type { Db } from '@/lib/db/client'

/**
 * Removes what is stored of key sources before an instant: events, counts, removed keys, and finally the sources that no trust
 * uses any more. At most `limit` rows.
 * @returns how many were removed; less than `limit` when nothing is left
 */
export async function forgetOldSources(db: Db, before: Date, limit: number): Promise<number> {
  let left = limit
  const take = async (remove: (limit: number) => Promise<{ count: number }>) => {
    if (left > 0) left -= (await remove(left)).count
  }
  await take((limit) => db.keySourceEvent.deleteMany({ where: { at: { lt: before } }, limit }))
  await take((limit) => db.keySourceDay.deleteMany({ where: { day: { lt: dayOf(before) } }, limit }))
  await take((limit) => db.keySourceKey.deleteMany({ where: { removedAt: { lt: before } }, limit }))
  if (left > 0) left -= await forgetUnused(db, before, left)
  return limit - left
}

/** Sources examined for one batch. Sources in use were fetched recently, so they do not hold up others for long. */
const oldMax = 10_000

async function forgetUnused(db: Db, before: Date, limit: number): Promise<number> {
  const old = await db.keySourceState.findMany({
    where: { lastAttemptAt: { lt: before } },
    select: { id: true },
    orderBy: { id: 'asc' },
    take: oldMax,
  })
  if (old.length === 0) return 0
  const ids = old.map(({ id }) => id)
  const named = await db.namedKeySource.findMany({ where: { sourceId: { in: ids } }, select: { sourceId: true } })
  const inUse = new Set(named.map(({ sourceId }) => sourceId))
  const unused = ids.filter((id) => !inUse.has(id))
  const { count } = await db.keySourceState.deleteMany({ where: { id: { in: unused.slice(0, limit) } } })
  return count
}
