import type { Db } from '@/lib/db/client'
import { isTaken } from '@/lib/db/transaction'

export type LeaseRequest = { name: string; holder: string; now: Date; seconds: number }

/**
 * Takes or renews the right to do some work alone, for a time. Of several servers that ask at once, one gets it. The
 * clocks of the servers may differ by less than `seconds`: a lease that ends later than any of them could have granted
 * was written by a clock that was wrong, and holds no longer.
 */
export async function acquireLease(db: Db, { name, holder, now, seconds }: LeaseRequest): Promise<boolean> {
  const expiresAt = new Date(now.getTime() + seconds * 1000)
  const grantable = new Date(now.getTime() + 2 * seconds * 1000)
  const { count } = await db.lease.updateMany({
    where: { name, OR: [{ holder }, { expiresAt: { lte: now } }, { expiresAt: { gt: grantable } }] },
    data: { holder, expiresAt },
  })
  if (count > 0) return true
  if (await db.lease.findUnique({ where: { name } })) return false
  try {
    await db.lease.create({ data: { name, holder, expiresAt } })
    return true
  } catch (error) {
    if (isTaken(error)) return false
    throw error
  }
}

/** Gives the right back, if it is still ours, so that another server need not wait for its end. */
export async function releaseLease(db: Db, { name, holder }: Pick<LeaseRequest, 'name' | 'holder'>): Promise<void> {
  await db.lease.deleteMany({ where: { name, holder } })
}
