import type { ThreadSubject } from '@/lib/analysis-thread/jobs'
import { runJob } from '@/lib/analysis-thread/run-job'
import type { Urgency } from '@/lib/bounded-queue'
import type { Tx } from '@/lib/db/client'
import { inTransaction, isTaken } from '@/lib/db/transaction'
import { toTrust } from '@/lib/db/trust-row'
import { AppError } from '@/lib/errors'
import type { Summary } from '@/lib/model/summary'
import { jsonText } from '@/lib/trust/json/json-text'
import type { Trust } from '@/lib/trust/trust'
import { version } from '@/package.json'
import { announcedRules, announcement } from './announce-findings'
import { type Judging, subjectsOfTrusts } from './trust-subject'

/** The rules that judge: those of this version of the program. */
export const judgedBy = version

/** What was found in a trust, and in which version of it. */
export type Judged = { trust: Trust; summary: Summary; isCanary: boolean }

type Pace = { urgency: Urgency; withStories: boolean }

/** Judges stored trusts, and keeps what is found. Left out are those that are gone, and those whose judging fails. */
export async function judgeTrusts(
  judging: Judging,
  ids: readonly string[],
  { urgency, withStories }: Pace,
): Promise<Judged[]> {
  const rows = await judging.db.trust.findMany({
    where: { id: { in: [...ids] } },
    include: { identity: { select: { role: true, lastLoginAt: true, isCanary: true } } },
  })
  const trusts = rows.map(toTrust)
  const subjects = await subjectsOfTrusts(
    judging,
    trusts.map((trust, at) => ({ trust, identity: rows[at]?.identity ?? null })),
  )
  const summaries = await summarise(subjects, { urgency, withStories })
  const judged = trusts.flatMap((trust, at): Judged[] => {
    const summary = summaries[at]
    if (!summary) return []
    const isCanary = rows[at]?.identity?.isCanary ?? false
    return [{ trust, summary: isCanary ? ofCanary(summary) : summary, isCanary }]
  })
  await keep(judging, judged)
  return judged
}

/** Where others judge one of them at the same time, one is the first of each attempt; its row is there by then, and is written anew. */
async function keep(judging: Judging, judged: readonly Judged[], attempts = 10): Promise<void> {
  try {
    await inTransaction(judging, (tx) => writePostures(tx, judged, judging.now()))
  } catch (error) {
    if (attempts <= 1 || !isTaken(error)) throw error
    await keep(judging, judged, attempts - 1)
  }
}

/** One that fails, or takes too long, does not take the others with it: then each is judged by itself. Null for what failed. */
async function summarise(subjects: ThreadSubject[], { urgency, withStories }: Pace): Promise<(Summary | null)[]> {
  try {
    return await runJob('summarise', { subjects, withStories }, { urgency })
  } catch (error) {
    if (error instanceof AppError && error.kind === 'too-many') throw error
    if (subjects.length === 1) return [null]
    const summaries: (Summary | null)[] = []
    for (const subject of subjects) summaries.push(...(await summarise([subject], { urgency, withStories })))
    return summaries
  }
}

/** What the trust of a canary would accept is refused, so nothing is found in it. */
const ofCanary = (summary: Summary): Summary => ({ ...summary, found: [], stories: null, admitted: null })

/** Keeps what was found in trusts. One that was removed or changed meanwhile is judged again later. */
export async function writePostures(tx: Tx, judged: readonly Judged[], judgedAt: Date): Promise<void> {
  const ids = judged.map(({ trust }) => trust.id)
  const there = await tx.trust.findMany({ where: { id: { in: ids } }, select: { id: true } })
  const known = new Set(there.map(({ id }) => id))
  const former = await tx.trustPosture.findMany({
    where: { trustId: { in: ids } },
    select: { trustId: true, found: true, announced: true, announceAt: true },
  })
  const announcedOf = new Map(former.map((row) => [row.trustId, announcedRules(row)]))
  await tx.trustPosture.deleteMany({ where: { trustId: { in: ids } } })
  await tx.trustPosture.createMany({
    data: judged
      .filter(({ trust }) => known.has(trust.id))
      .map(({ trust: { id: trustId, organizationId, version }, summary: { found, ...rest } }) => ({
        ...{ trustId, organizationId, version, judgedBy, judgedAt, found: jsonText(found) },
        ...announcement(announcedOf.get(trustId) ?? [], found, judgedAt),
        ...rest,
      })),
  })
}
