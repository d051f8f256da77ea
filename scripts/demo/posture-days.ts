import { dayOf } from '@/lib/day-of'
import type { Db } from '@/lib/db/client'
import { summary } from '@/lib/model/summary'
import { judgedBy } from '@/lib/services/posture/judge-trusts'
import { postureView } from '@/lib/services/posture/posture-view'
import { subjectOfDraft } from '@/lib/services/posture/trust-subject'
import { score } from '@/lib/trust/posture/posture'
import { presetOfTrust } from '@/lib/trust/posture/preset-of-trust'
import type { Trust } from '@/lib/trust/trust'
import type { Enrolled } from './history'
import type { Standalone } from './standalone-trusts'

/** A trust as it was from a moment on, until the next version of it. */
type Version = { trust: Trust; from: Date }

/** The posture of each day of three months, of the trusts as they were then; what logins tell is left out. */
export async function postureDays(
  db: Db,
  organizationId: string,
  {
    enrolled,
    standalone,
    daysAgo,
  }: { enrolled: Enrolled[]; standalone: Standalone[]; daysAgo: (days: number) => Date },
): Promise<void> {
  const versions: Version[][] = [
    ...enrolled.map((one) =>
      one.versions.map((trust, at) => ({ trust, from: at === 0 ? trust.createdAt : trust.updatedAt })),
    ),
    ...standalone.map(({ trust, createdDaysAgo }) => [{ trust, from: daysAgo(createdDaysAgo) }]),
  ]
  const judged = new Map(versions.flat().map(({ trust }) => [trust, known(trust)]))
  const days = Array.from({ length: daysMax }, (_, at) => daysAgo(daysMax - at))
  const rows = days.map((day) => {
    const there = versions.flatMap((all) => all.findLast(({ from }) => from <= day)?.trust ?? [])
    const trusts = new Map(there.flatMap((trust) => judged.get(trust) ?? []).map((one) => [one.id, one]))
    const { score, counts } = postureView({ trusts, revision: 0, isComplete: true }, new Map())
    return { organizationId, day: dayOf(day), score, ...counts }
  })
  await db.postureDay.createMany({ data: rows })
}

/** Today is added by the server. */
const daysMax = 89

function known(trust: Trust) {
  const { id, name, kind, identityId, issuer, enabled, version, updatedAt: judgedAt } = trust
  const { found } = summary({ ...subjectOfDraft(trust, judgedAt), preset: presetOfTrust(trust) })
  const posture = { version, judgedBy, judgedAt, found, isPartial: false, score: score(found) }
  return { id, name, kind, identityId, issuer, enabled, version, isCanary: false, posture }
}
