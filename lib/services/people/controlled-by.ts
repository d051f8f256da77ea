import type { Tx } from '@/lib/db/client'
import type { Context } from '../context'
import { inParts } from '../in-parts'

export type Reader = Pick<Tx, 'trust' | 'accessToken'>

/** What an actor controls. */
export type Controlled = {
  /** Trusts that they, or an identity under their control, changed last. */
  trusts: { id: string; name: string; kind: string; identityId: string | null }[]
  /** Identities they can log in as: by one of those trusts, or by a token they had issued. */
  identityIds: string[]
  /** Whether the search ended at `foundMax`. */
  isMore: boolean
}

/**
 * Finds what a person or an identity controls. The controller of an identity controls the trusts that the identity sets up; each
 * round finds those of the identities that the last one found, in statements of a bounded number of ids.
 * @param foundMax trusts, and identities, after which the search ends
 */
export async function controlledBy(
  db: Reader,
  ctx: Context,
  organizationId: string,
  actorId: string,
  foundMax = 1_000_000_000,
): Promise<Controlled> {
  const trusts: Controlled['trusts'] = []
  const reached = new Set([actorId])
  const live = liveTokens(ctx, organizationId)
  const isFull = () => trusts.length > foundMax || reached.size - 1 > foundMax
  for (let asked = [actorId]; asked.length > 0 && !isFull(); ) {
    const found: string[] = []
    for (const ids of inParts(asked)) {
      const changed = await db.trust.findMany({
        where: { organizationId, changedById: { in: ids } },
        select: { id: true, name: true, kind: true, identityId: true },
        orderBy: [{ changedById: 'asc' }, { organizationId: 'asc' }, { id: 'asc' }],
        take: foundMax + 1 - trusts.length,
      })
      trusts.push(...changed)
      const issued = await db.accessToken.groupBy({ by: ['identityId'], where: { ...live, issuedById: { in: ids } } })
      found.push(...[...changed, ...issued].flatMap(({ identityId }) => identityId ?? []))
      if (isFull()) break
    }
    asked = [...new Set(found)].filter((id) => !reached.has(id))
    for (const id of asked) reached.add(id)
  }
  const isMore = isFull()
  const shown = isMore ? foundMax : undefined
  return { trusts: trusts.slice(0, shown), identityIds: [...reached].slice(1).slice(0, shown), isMore }
}

/** Access tokens of an organization that are accepted now. */
export const liveTokens = (ctx: Context, organizationId: string) => ({
  ...{ organizationId, revokedAt: null, expiresAt: { gt: ctx.now() } },
})
