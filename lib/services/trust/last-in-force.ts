import type { Tx } from '@/lib/db/client'
import { toTrustOfVersion } from '@/lib/db/trust-version-row'
import type { Trust } from '@/lib/trust/trust'

/** How many versions are read. */
const versionsMax = 100

/**
 * What a disabled trust accepted when it was enabled last: null where it never was, `unknown` where that is longer ago than versions are
 * read or kept.
 */
export async function lastInForce(
  db: Pick<Tx, 'trustVersion'>,
  { id: trustId, version }: Trust,
): Promise<Trust | 'unknown' | null> {
  for (let before = version; before > Math.max(1, version - versionsMax); before--) {
    const row = await db.trustVersion.findUnique({ where: { trustId_version: { trustId, version: before - 1 } } })
    const trust = row && toTrustOfVersion(row)
    if (!trust || trust.unreadable) return 'unknown'
    if (trust.enabled) return trust
  }
  return version > versionsMax ? 'unknown' : null
}
