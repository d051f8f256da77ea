import { dayOf } from '@/lib/day-of'
import type { Db } from '@/lib/db/client'
import { knownPostures } from './known-postures'
import { mutesOfOrganization } from './mutes'
import { postureView } from './posture-view'

/** Keeps the posture of an organization as that of the day (UTC); a later one of the same day replaces it. */
export async function recordPostureDay(db: Db, organizationId: string, now: Date): Promise<void> {
  const known = await knownPostures(db, organizationId)
  const { score, counts } = postureView(known, await mutesOfOrganization(db, organizationId, now))
  const day = dayOf(now)
  const where = { organizationId_day: { organizationId, day } }
  const row = await db.postureDay.findUnique({ where })
  const posture = { score, ...counts }
  if (row && Object.entries(posture).every(([name, value]) => Reflect.get(row, name) === value)) return
  await db.postureDay.upsert({ where, create: { organizationId, day, ...posture }, update: posture })
}
