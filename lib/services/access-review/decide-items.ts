import { AppError } from '@/lib/errors'
import type { ItemsPatch } from '@/lib/model/access-review'
import { requireAccess } from '../access'
import { recordNothing } from '../audit/record'
import type { Context } from '../context'
import { logFailed } from '../failure-log'
import { decide, decisionOf } from './decide-item'
import { requireReviewer } from './require-reviewer'
import { findItem, findReview, readItem } from './review-row'

export type DecidedItems = {
  decided: number
  /** Items on which this cannot be decided, each with the reason. */
  refused: { number: number; reason: string | null; message: string }[]
  /** Why it ended before the last item; null where it did not. */
  stopped: Stopped | null
}

export type Stopped = {
  message: string
  /** The item at which it ended, where it could not be read whether that was decided. */
  unknown: number | null
  /** Items on which nothing was decided. */
  left: number[]
}

/** What is wrong with one item, and says nothing of the others. */
const ofOneItem: ReadonlySet<string> = new Set(['not-found', 'forbidden', 'invalid', 'rule', 'conflict'])

/**
 * Decides the same on several undecided items, one after the other: each with its own checks, its own transaction and its own entries in the
 * audit. One that is refused does not keep the others. What fails for another reason ends it, and of what was decided before, all is told.
 * @throws AppError `not-found`, `forbidden`, `rule` (closed) · what failed, where nothing was decided before
 */
export async function decideItems(ctx: Context, reviewId: string, patch: ItemsPatch): Promise<DecidedItems> {
  const { organizationId } = requireAccess(ctx, 'write')
  requireReviewer(ctx, await findReview(ctx.db, organizationId, reviewId))
  const { decision, reason, items } = patch
  const done: DecidedItems = { decided: 0, refused: [], stopped: null }
  for (const [at, { number, mark }] of items.entries()) {
    try {
      // Without a version: what was decided meanwhile is not overridden.
      await decide(ctx, { reviewId, number }, { decision, reason, mark })
      done.decided++
    } catch (error) {
      if (error instanceof AppError && ofOneItem.has(error.kind)) {
        done.refused.push({ number, reason: error.reason ?? null, message: error.message })
        continue
      }
      const isDecided = await wasDecided(ctx, { reviewId, number }, patch)
      if (isDecided) done.decided++
      if (done.decided === 0) throw error
      const rest = items.slice(at + 1).map(({ number }) => number)
      done.stopped = {
        message: toldOf(ctx, error),
        unknown: isDecided === null ? number : null,
        left: isDecided === false ? [number, ...rest] : rest,
      }
      break
    }
  }
  if (done.decided === 0) recordNothing(ctx)
  return done
}

/** Whether an item has this decision although deciding failed, as where only the answer of the database was lost; null where it cannot be read. */
async function wasDecided(
  { db }: Context,
  { reviewId, number }: { reviewId: string; number: number },
  { decision, reason }: ItemsPatch,
): Promise<boolean | null> {
  try {
    const item = await findItem(db, reviewId, number)
    return readItem(item).decision === decisionOf[decision] && item.reason === (reason ?? null)
  } catch {
    return null
  }
}

/** What the caller is told of a failure; one of ours is logged, and told without detail. */
function toldOf({ requestId }: Context, error: unknown): string {
  if (error instanceof AppError) return error.message
  logFailed(error, 'deciding on several items of an access review ended early', { reqId: requestId })
  return 'Something went wrong. What it was is in the log of the server.'
}
