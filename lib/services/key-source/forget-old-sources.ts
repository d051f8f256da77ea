import type { Db } from '@/lib/db/client'
import { dayOf } from './record-fetch'
import { sourcesInUse } from './sources-in-use'

const keptDays = 90
const dayMs = 86_400_000

/** Ends the memory of key sources after 90 days: events, counts, keys that are gone, and sources no trust names any more. */
export async function forgetOldSources(db: Db, now: Date): Promise<void> {
  const before = new Date(now.getTime() - keptDays * dayMs)
  await db.keySourceEvent.deleteMany({ where: { at: { lt: before } } })
  await db.keySourceDay.deleteMany({ where: { day: { lt: dayOf(before) } } })
  await db.keySourceKey.deleteMany({ where: { removedAt: { lt: before } } })
  const inUse = new Set((await sourcesInUse(db)).map(({ id }) => id))
  const old = await db.keySourceState.findMany({ where: { lastAttemptAt: { lt: before } }, select: { id: true } })
  const unused = old.map(({ id }) => id).filter((id) => !inUse.has(id))
  for (const id of unused) await db.keySourceState.delete({ where: { id } })
}
