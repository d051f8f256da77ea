import { catchUpWhole } from './catch-up'
import { knownPostures } from './known-postures'
import { recordPostureDay } from './record-posture-day'
import type { Judging } from './trust-subject'

type Pace = {
  /** Asked before every batch; false ends the work for now. */
  mayGoOn: () => boolean | Promise<boolean>
  /** Waits after a batch that took so many milliseconds. */
  pause: (batchMs: number) => Promise<void>
}

/** Some rules depend on the time, on logins, or on what an identity may do. */
const judgedAgainMs = 24 * 3600 * 1000

/** Judges the trusts of all organizations whose posture is not known or a day old, and keeps the posture of the day. */
export async function keepPostures(judging: Judging, { mayGoOn, pause }: Pace): Promise<void> {
  const { db, now } = judging
  for (const { id: organizationId } of await db.organization.findMany({ select: { id: true } })) {
    if (!(await mayGoOn())) return
    const known = await knownPostures(db, organizationId)
    const olderThan = new Date(now().getTime() - judgedAgainMs)
    await catchUpWhole(judging, { organizationId, known, mayGoOn, pause, olderThan })
    if (known.trusts.size > 0) await recordPostureDay(db, organizationId, now())
  }
}
