import { AppError } from '@/lib/errors'
import { record, recordNothing } from '../audit/record'
import type { Context } from '../context'
import { inOrganization } from '../in-organization'
import { findReview, type ReviewView, reviewTarget, scopeOf, toReview } from './review-row'

/** Closes a review. Items without a decision stay undecided. @throws AppError `not-found`, `rule` (items are still taken) */
export async function closeReview(ctx: Context, id: string): Promise<ReviewView> {
  return inOrganization(ctx, 'administer', async (tx, ctx) => {
    const before = await findReview(tx, ctx.organizationId, id)
    if (before.state === 'closed') {
      recordNothing(ctx)
      return toReview(before, ctx.now())
    }
    if (before.state === 'collecting' && scopeOf(before)) {
      const message = 'Its items are still being taken. Go on with `collect` until it is open, then close it.'
      throw new AppError('rule', message, { reason: 'collecting' })
    }
    const closedByName = 'name' in ctx.actor ? ctx.actor.name : null
    const data = { state: 'closed', closedAt: ctx.now(), closedByName }
    const row = await tx.accessReview.update({ where: { id }, data })
    const view = toReview(row, ctx.now())
    const { items, kept, narrowing, narrowed, removed, undecided } = view
    await record(tx, ctx, {
      action: 'review.closed',
      target: reviewTarget(row),
      after: { items, kept, narrowing, narrowed, removed, undecided },
    })
    return view
  })
}
