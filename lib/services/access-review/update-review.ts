import type { ReviewPatch } from '@/lib/model/access-review'
import { record, recordNothing } from '../audit/record'
import type { Context } from '../context'
import { inOrganization } from '../in-organization'
import { requireOpen } from './require-reviewer'
import { findReview, type ReviewView, reviewerIdsOf, reviewTarget, toReview } from './review-row'
import { requireDue, requireReviewers } from './start-review'

/**
 * Changes the name, the due date or the reviewers of a review that is not closed. What it is about stays.
 * @throws AppError `not-found`, `rule` (closed), `invalid` (due date, reviewers)
 */
export async function updateReview(ctx: Context, id: string, patch: ReviewPatch): Promise<ReviewView> {
  return inOrganization(ctx, 'administer', async (tx, ctx) => {
    const row = await findReview(tx, ctx.organizationId, id)
    requireOpen(row)
    const before = { name: row.name, dueAt: row.dueAt.toISOString(), reviewers: reviewerIdsOf(row) }
    const dueAt = patch.dueAt === undefined ? before.dueAt : new Date(patch.dueAt).toISOString()
    const { name = before.name, reviewers = before.reviewers } = patch
    if (dueAt !== before.dueAt) requireDue(dueAt, ctx.now())
    // Those who were reviewers and are members no more may stay.
    const added = reviewers.filter((one) => !before.reviewers.includes(one))
    await requireReviewers(tx, ctx, reviewers, added)
    const after = { name, dueAt, reviewers }
    const changed = (['name', 'dueAt', 'reviewers'] as const).filter(
      (key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]),
    )
    if (changed.length === 0) {
      recordNothing(ctx)
      return toReview(row, ctx.now())
    }
    const data = { name, dueAt: new Date(dueAt), reviewers: JSON.stringify(reviewers) }
    const updated = await tx.accessReview.update({ where: { id }, data })
    const only = (state: typeof before) => Object.fromEntries(changed.map((key) => [key, state[key]]))
    await record(tx, ctx, {
      action: 'review.updated',
      target: reviewTarget(updated),
      ...{ before: only(before), after: only(after) },
    })
    return toReview(updated, ctx.now())
  })
}
