import { record, recordNothing } from '../audit/record'
import type { Context } from '../context'
import { inOrganization } from '../in-organization'
import { findReview, type ReviewView, reviewTarget, toReview } from './review-row'

/**
 * Closes a review. Items without a decision stay undecided; where items were still being taken, it has those that were taken so far.
 * @throws AppError `not-found`
 */
export async function closeReview(ctx: Context, id: string): Promise<ReviewView> {
  return inOrganization(ctx, 'administer', async (tx, ctx) => {
    const before = await findReview(tx, ctx.organizationId, id)
    if (before.state === 'closed') {
      recordNothing(ctx)
      return toReview(before, ctx.now())
    }
    const closedByName = 'name' in ctx.actor ? ctx.actor.name : null
    const data = { state: 'closed', closedAt: ctx.now(), closedByName, position: null }
    const row = await tx.accessReview.update({ where: { id }, data })
    const view = toReview(row, ctx.now())
    const { items, kept, narrowing, narrowed, removed, undecided, looked, total } = view
    await record(tx, ctx, {
      action: 'review.closed',
      target: reviewTarget(row),
      after: {
        ...{ items, kept, narrowing, narrowed, removed, undecided },
        ...(view.isIncomplete ? { isIncomplete: true, looked, total } : {}),
      },
    })
    return view
  })
}
