import { toTrust } from '@/lib/db/trust-row'
import { ruleOf } from '@/lib/model/finding-answers'
import { laterStories } from '@/lib/model/summary'
import { definitionOf } from '@/lib/trust/kinds'
import type { Trust } from '@/lib/trust/trust'
import type { Context } from '../../context'
import { judgedBy, judgeTrusts } from '../../posture/judge-trusts'
import { notePostures } from '../../posture/known-postures'
import { readFound } from '../../posture/read-found'

/** Trusts that are judged with their attack stories: of more, those are left for the background. */
const withStoriesMax = 20

/** Trusts with what is found in them now, by their ids. Those that were not judged in this version are judged; muted findings do not count. */
export async function trustsWithPosture(ctx: Context, organizationId: string, ids: readonly string[]) {
  const rows = await readRows(ctx, organizationId, ids)
  const stale = rows.filter(({ posture, version }) => posture?.version !== version || posture.judgedBy !== judgedBy)
  if (stale.length === 0) return new Map(rows.map((row) => [row.id, toPosture(row)]))
  const withStories = stale.length <= withStoriesMax
  const staleIds = stale.map(({ id }) => id)
  const judged = await judgeTrusts(ctx, staleIds, { urgency: 'urgent', withStories })
  notePostures(organizationId, judged, ctx.now())
  return new Map((await readRows(ctx, organizationId, ids)).map((row) => [row.id, toPosture(row)]))
}

/** What an identity that is a canary allows, and its trusts. */
export const canarySentence = 'A canary: every login is refused, and is an incident'

const readRows = (ctx: Context, organizationId: string, ids: readonly string[]) =>
  ctx.db.trust.findMany({
    where: { organizationId, id: { in: [...ids] } },
    include: {
      identity: { select: { id: true, name: true, role: true, lastLoginAt: true, isCanary: true } },
      posture: true,
      mutes: { where: { until: { gt: ctx.now() } }, select: { rule: true } },
    },
  })

type Row = Awaited<ReturnType<typeof readRows>>[number]

function toPosture({ identity, posture, mutes, ...row }: Row) {
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
  }
}

const roleGivenBy = ({ kind, options }: Trust) => definitionOf(kind).roleGiven?.(options) ?? null
