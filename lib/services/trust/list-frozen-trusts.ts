import { requireAccess } from '../access'
import type { Context } from '../context'

/** Frozen trusts that are listed: each is a name that changed hands. */
const listedMax = 200

/** Frozen trusts of the organization, the last one first, with the name and its ids. */
export async function listFrozenTrusts(ctx: Context) {
  const { organizationId } = requireAccess(ctx, 'read')
  const rows = await ctx.db.trustFreeze.findMany({
    where: { organizationId, liftedAt: null },
    orderBy: [{ organizationId: 'desc' }, { liftedAt: 'desc' }, { at: 'desc' }, { trustId: 'desc' }],
    take: listedMax,
    include: { trust: { select: { name: true, kind: true, identityId: true } } },
  })
  return rows.map(({ trust: { name: trustName, kind: method, identityId }, ...row }) => {
    const { trustId, at, claim, idClaim, name, before, after } = row
    return { trustId, trustName, method, identityId, at, claim, idClaim, name, before, after }
  })
}
