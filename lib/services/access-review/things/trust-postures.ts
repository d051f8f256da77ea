import { toTrust } from '@/lib/db/trust-row'
import { ruleOf } from '@/lib/model/finding-answers'
import { laterStories } from '@/lib/model/summary'
import { perProcess } from '@/lib/per-process'
import { definitionOf } from '@/lib/trust/kinds'
import type { Trust } from '@/lib/trust/trust'
import { judgedBy, judgeTrusts } from '../../posture/judge-trusts'
import { notePostures } from '../../posture/known-postures'
import { readFound } from '../../posture/read-found'
import type { Judging } from '../../posture/trust-subject'

/** Trusts that one request judges with their attack stories, and without: of more, they are `waiting`, and judged by the next requests. */
const [withStoriesMax, withoutStoriesMax] = [20, 100]

/** How long a trust that could not be judged is not tried again, and how many are known. */
const [failedMs, failedMax] = [10 * 60_000, 1_000]

const failures = perProcess<Map<string, number>>('review-failures')

/**
 * Trusts with what is found in them now, by their ids; muted findings do not count. Those that were not judged in this version are judged, as
 * many as one request judges.
 */
export async function trustsWithPosture(judging: Judging, organizationId: string, ids: readonly string[]) {
  const rows = await readRows(judging, organizationId, ids)
  const waiting = rows.filter((row) => judgedOf(row) === 'waiting')
  if (waiting.length === 0) return new Map(rows.map((row) => [row.id, toPosture(row)]))
  const whole = waiting.slice(0, withStoriesMax)
  await judge(judging, organizationId, whole, true)
  const rest = waiting.slice(withStoriesMax).filter(isStale)
  for (let at = 0; at < rest.length; at += withoutStoriesMax) {
    await judge(judging, organizationId, rest.slice(at, at + withoutStoriesMax), false)
  }
  return new Map((await readRows(judging, organizationId, ids)).map((row) => [row.id, toPosture(row)]))
}

async function judge(judging: Judging, organizationId: string, rows: readonly Row[], withStories: boolean) {
  const ids = rows.map(({ id }) => id)
  const judged = await judgeTrusts(judging, ids, { urgency: 'urgent', withStories })
  notePostures(organizationId, judged, judging.now())
  const known = new Set(judged.map(({ trust }) => trust.id))
  for (const row of rows) if (!known.has(row.id)) noteFailure(row)
}

/** What an identity that is a canary allows, and its trusts. */
export const canarySentence = 'A canary: every login is refused, and is an incident'

/** Whether all of these were judged: `waiting` while one of them is. */
export function judgedOfAll(all: readonly { judged: Judged }[]): Judged {
  if (all.some(({ judged }) => judged === 'waiting')) return 'waiting'
  return all.some(({ judged }) => judged === 'failed') ? 'failed' : 'yes'
}

const readRows = ({ db, now }: Judging, organizationId: string, ids: readonly string[]) =>
  db.trust.findMany({
    where: { organizationId, id: { in: [...ids] } },
    include: {
      identity: { select: { id: true, name: true, role: true, lastLoginAt: true, isCanary: true } },
      posture: true,
      mutes: { where: { until: { gt: now() } }, select: { rule: true } },
    },
  })

type Row = Awaited<ReturnType<typeof readRows>>[number]
type Judged = 'yes' | 'waiting' | 'failed'

const isStale = ({ posture, version }: Row) => posture?.version !== version || posture.judgedBy !== judgedBy

function judgedOf(row: Row): Judged {
  if (!isStale(row) && row.posture?.stories !== laterStories) return 'yes'
  return (failures.value?.get(failureKey(row)) ?? 0) > performance.now() ? 'failed' : 'waiting'
}

function noteFailure(row: Row): void {
  failures.value ??= new Map()
  const [oldest] = failures.value.keys()
  if (oldest !== undefined && failures.value.size >= failedMax) failures.value.delete(oldest)
  failures.value.set(failureKey(row), performance.now() + failedMs)
}

const failureKey = ({ id, version }: Row) => `${id} ${version}`

function toPosture(row: Row) {
  const { identity, posture, mutes } = row
  const trust = toTrust(row)
  const muted = new Set(mutes.map(({ rule }) => rule))
  const found = (posture && readFound(posture.found)) ?? []
  const hasStories = posture?.stories != null && posture.stories !== laterStories && posture.admitted !== null
  return {
    ...{ trust, identity, sentence: identity?.isCanary ? canarySentence : (posture?.sentence ?? '') },
    role: identity?.role ?? roleGivenBy(trust),
    findings: found
      .filter(({ rule }) => !muted.has(rule))
      .map(({ rule, severity }) => ({ id: rule, severity, title: ruleOf(rule)?.title ?? rule })),
    strangers: hasStories ? { admitted: posture.admitted ?? 0, total: posture.stories ?? 0 } : null,
    judged: judgedOf(row),
  }
}

const roleGivenBy = ({ kind, options }: Trust) => definitionOf(kind).roleGiven?.(options) ?? null
