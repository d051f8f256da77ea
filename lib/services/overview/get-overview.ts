import { dayOf } from '@/lib/day-of'
import { requireAccess } from '../access'
import type { Context } from '../context'
import { type DecisionCount, decisionCounts, hasDecision } from '../decision/decision-days'
import { changeDays } from './change-days'

const days = 30
const reasonsMax = 5
/** Identities, trusts and live tokens are counted up to here: this many, or more. */
const countedMax = 10_000
const dayMs = 24 * 3600 * 1000

/** Contents of the first page: counts, logins by day (UTC), and the first steps that are done. */
export async function getOverview(ctx: Context) {
  const { organizationId } = requireAccess(ctx, 'read')
  const today = Math.floor(ctx.now().getTime() / dayMs)
  const since = new Date((today - days + 1) * dayMs)
  const [identities, trusts, liveTokens, counts, accepted, refused, changes] = await Promise.all([
    ctx.db.identity.count({ where: { organizationId }, orderBy: [{ name: 'asc' }, { id: 'asc' }], take: countedMax }),
    ctx.db.trust.count({
      where: { organizationId },
      orderBy: [{ kind: 'asc' }, { name: 'asc' }, { id: 'asc' }],
      take: countedMax,
    }),
    ctx.db.accessToken.count({
      where: { organizationId, revokedAt: null, expiresAt: { gt: ctx.now() } },
      // Those that end last are live for longest, so few revoked ones are passed over.
      orderBy: { expiresAt: 'desc' },
      take: countedMax,
    }),
    decisionCounts(ctx.db, organizationId, since),
    hasDecision(ctx.db, organizationId, true),
    hasDecision(ctx.db, organizationId, false),
    changeDays(ctx.db, organizationId, since),
  ])
  return {
    identities,
    trusts,
    liveTokens,
    logins: Array.from({ length: days }, (_, index) => {
      const day = dayOf(new Date(since.getTime() + index * dayMs))
      const ofDay = counts.filter((count) => count.day === day)
      return {
        day,
        accepted: sum(ofDay.filter((count) => count.accepted)),
        refused: sum(ofDay.filter((count) => !count.accepted)),
        trustChanges: changes.get(day)?.trusts ?? 0,
        keyChanges: changes.get(day)?.keys ?? 0,
      }
    }),
    refusalReasons: mostFrequent(counts.filter((count) => !count.accepted)),
    steps: { identity: identities > 0, trust: trusts > 0, acceptedLogin: accepted, refusedLogin: refused },
  }
}

const sum = (counts: readonly DecisionCount[]) => counts.reduce((total, { count }) => total + count, 0)

function mostFrequent(refusals: readonly DecisionCount[]) {
  const names = [...new Set(refusals.map(({ reason }) => reason))]
  return names
    .map((reason) => ({ reason, count: sum(refusals.filter((refusal) => refusal.reason === reason)) }))
    .sort((one, other) => other.count - one.count || (one.reason < other.reason ? -1 : 1))
    .slice(0, reasonsMax)
}
