import { z } from 'zod'
import { canAccess } from '@/lib/trust/role'
import { requireAccess } from '../access'
import type { Context } from '../context'
import { readOffsetPage } from '../offset-page'
import { findReview, type ReviewView, toReview } from './review-row'

export const ReviewQuery = z.strictObject({
  /** `open`: those that are not closed, by their due date; without it all, newest first. */
  state: z.enum(['open', 'closed']).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(2_000).optional(),
})

type Where = NonNullable<NonNullable<Parameters<Context['db']['accessReview']['findMany']>[0]>['where']>

/** Access reviews of the organization. */
export async function listReviews(ctx: Context, query: z.input<typeof ReviewQuery>) {
  const { organizationId } = requireAccess(ctx, 'read')
  const { state, ...page } = ReviewQuery.parse(query)
  const inState = (state: string) => ({
    ...{ indexed: { organizationId, state }, order: ['dueAt', 'id'], direction: 'asc' as const },
  })
  const { rows, next } = await readOffsetPage<Awaited<ReturnType<typeof findReview>>, Where>({
    ...{ ...page, offset: 0, compared: null, isCounted: false },
    ranges:
      state === 'open'
        ? [inState('open'), inState('collecting')]
        : state === 'closed'
          ? [inState('closed')]
          : [{ indexed: { organizationId }, order: ['createdAt', 'id'], direction: 'desc' }],
    read: (where, at) => ctx.db.accessReview.findMany({ where, ...at }),
    place: (where, at) => ctx.db.accessReview.findFirst({ where, ...at }),
    count: (where, at) => ctx.db.accessReview.count({ where, ...at }),
  })
  return { reviews: rows.map((row) => toReview(row, ctx.now())), next }
}

export type ReviewDetail = ReviewView & {
  /** Reviewers that are members still. */
  reviewers: { id: string; name: string }[]
  /** Whether the actor decides on its items. */
  mayDecide: boolean
}

/** A review with the names of its reviewers. @throws AppError `not-found` */
export async function getReview(ctx: Context, id: string): Promise<ReviewDetail> {
  const { organizationId, role } = requireAccess(ctx, 'read')
  const view = toReview(await findReview(ctx.db, organizationId, id), ctx.now())
  const rows = await ctx.db.membership.findMany({
    where: { organizationId, userId: { in: view.reviewerIds } },
    select: { user: { select: { id: true, name: true } } },
  })
  const isReviewer = 'id' in ctx.actor && view.reviewerIds.includes(ctx.actor.id)
  return {
    ...view,
    reviewers: rows.map(({ user }) => user),
    mayDecide: canAccess(role, 'administer') || (canAccess(role, 'write') && isReviewer),
  }
}
