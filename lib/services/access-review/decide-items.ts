import { AppError } from '@/lib/errors'
import type { ItemsPatch } from '@/lib/model/access-review'
import { requireAccess } from '../access'
import { recordNothing } from '../audit/record'
import type { Context } from '../context'
import { decideItem } from './decide-item'
import { requireReviewer } from './require-reviewer'
import { findReview } from './review-row'

export type DecidedItems = {
  decided: number
  /** Items on which this cannot be decided, each with the reason. */
  refused: { number: number; reason: string | null; message: string }[]
}

/** What is wrong with one item, and says nothing of the others. */
const ofOneItem: ReadonlySet<string> = new Set(['not-found', 'forbidden', 'invalid', 'rule', 'conflict'])

/**
 * Decides the same on several undecided items, one after the other: each with its own checks, its own transaction and its own entries in the
 * audit. One that is refused does not keep the others.
 * @throws AppError `not-found`, `forbidden`, `rule` (closed)
 */
export async function decideItems(
  ctx: Context,
  reviewId: string,
  { decision, reason, items }: ItemsPatch,
): Promise<DecidedItems> {
  const { organizationId } = requireAccess(ctx, 'write')
  requireReviewer(ctx, await findReview(ctx.db, organizationId, reviewId))
  const done: DecidedItems = { decided: 0, refused: [] }
  for (const { number, mark } of items) {
    try {
      // Without a version: what was decided meanwhile is not overridden.
      await decideItem(ctx, { reviewId, number }, { decision, reason, mark })
      done.decided++
    } catch (error) {
      if (!(error instanceof AppError && ofOneItem.has(error.kind))) throw error
      done.refused.push({ number, reason: error.reason ?? null, message: error.message })
    }
  }
  if (done.decided === 0) recordNothing(ctx)
  return done
}
