import type { ReviewedKind } from '@/lib/model/access-review'
import { requireAccess } from '../access'
import type { Context } from '../context'
import { findReview, readItem } from './review-row'

export type ItemLosses = {
  /** Of the items, those that are there. */
  items: number
  identities: number
  /** The trusts among the items, and those of the identities. */
  trusts: number
  people: number
  /** Live access tokens that stop working: those among the items, and those of the identities and trusts. */
  tokens: number
}

/** What goes when the things of these items are removed. @throws AppError `not-found` */
export async function itemLosses(ctx: Context, reviewId: string, numbers: readonly number[]): Promise<ItemLosses> {
  const { organizationId } = requireAccess(ctx, 'read')
  const { db, now } = ctx
  const review = await findReview(db, organizationId, reviewId)
  const rows = await db.accessReviewItem.findMany({ where: { reviewId: review.id, number: { in: [...numbers] } } })
  const of = (kind: ReviewedKind) => rows.filter((row) => readItem(row).kind === kind).map(({ thingId }) => thingId)
  const live = { revokedAt: null, expiresAt: { gt: now() } }
  const identities = await db.identity.findMany({
    where: { organizationId, id: { in: of('identity') } },
    select: { id: true },
  })
  const identityIds = identities.map(({ id }) => id)
  const chosen = { OR: [{ id: { in: of('trust') } }, { identityId: { in: identityIds } }] }
  const trusts = await db.trust.findMany({ where: { organizationId, ...chosen }, select: { id: true } })
  const direct = new Set(of('trust'))
  const trustIds = trusts.map(({ id }) => id)
  const people = await db.membership.count({ where: { organizationId, userId: { in: of('person') } } })
  const tokenIds = of('token')
  const tokens = await db.accessToken.count({
    where: {
      ...{ organizationId, ...live },
      OR: [{ id: { in: tokenIds } }, { identityId: { in: identityIds } }, { trustId: { in: trustIds } }],
    },
  })
  const liveTokens = await db.accessToken.count({ where: { organizationId, id: { in: tokenIds }, ...live } })
  return {
    items: identities.length + trustIds.filter((id) => direct.has(id)).length + people + liveTokens,
    ...{ identities: identities.length, trusts: trusts.length, people, tokens },
  }
}
