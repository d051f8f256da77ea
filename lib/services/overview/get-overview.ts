import { requireAccess } from '../access'
import type { Context } from '../context'

const days = 30
const dayMs = 24 * 3600 * 1000

/** A token that was only tried is no login. */
const logins = { method: { not: 'test' } }

/** What the first page shows: how much there is, how logins went by day (UTC), and which first steps are done. */
export async function getOverview(ctx: Context) {
  const { organizationId } = requireAccess(ctx, 'read')
  const today = Math.floor(ctx.now().getTime() / dayMs)
  const since = new Date((today - days + 1) * dayMs)
  const [identities, trusts, liveTokens, perDay, accepted, refused, reasons] = await Promise.all([
    ctx.db.identity.count({ where: { organizationId } }),
    ctx.db.trust.count({ where: { organizationId } }),
    ctx.db.accessToken.count({ where: { organizationId, revokedAt: null, expiresAt: { gt: ctx.now() } } }),
    Promise.all(
      Array.from({ length: days }, async (_, index) => {
        const day = new Date(since.getTime() + index * dayMs)
        const where = { organizationId, ...logins, at: { gte: day, lt: new Date(day.getTime() + dayMs) } }
        const groups = await ctx.db.decision.groupBy({ by: ['accepted'], where, _count: true })
        const count = (outcome: boolean) => groups.find((group) => group.accepted === outcome)?._count ?? 0
        return { day: day.toISOString().slice(0, 10), accepted: count(true), refused: count(false) }
      }),
    ),
    ctx.db.decision.findFirst({ where: { organizationId, ...logins, accepted: true }, select: { id: true } }),
    ctx.db.decision.findFirst({ where: { organizationId, ...logins, accepted: false }, select: { id: true } }),
    ctx.db.decision.groupBy({
      by: ['reason'],
      where: { organizationId, ...logins, accepted: false, at: { gte: since } },
      _count: true,
      orderBy: { _count: { reason: 'desc' } },
      take: 5,
    }),
  ])
  return {
    identities,
    trusts,
    liveTokens,
    logins: perDay,
    refusalReasons: reasons.map(({ reason, _count }) => ({ reason: reason ?? 'unknown', count: _count })),
    steps: {
      identity: identities > 0,
      trust: trusts > 0,
      acceptedLogin: accepted !== null,
      refusedLogin: refused !== null,
    },
  }
}
