import type { Tx } from '@/lib/db/client'
import { keptAtOnceMax, ReviewedKind, type ReviewSnapshot } from '@/lib/model/access-review'
import { requireAccess } from '../access'
import { record, recordNothing } from '../audit/record'
import type { Context } from '../context'
import { inOrganization, type Managing } from '../in-organization'
import { storedActor } from '../stored-actor'
import { type ItemView, withNow } from './list-items'
import { mayDecideOn, requireReviewer } from './require-reviewer'
import { findReview, reviewTarget } from './review-row'
import { things } from './things'

export type Kept = {
  kept: number
  /** Items that were passed over because what they let in is not judged, or could not be. */
  unjudged: number
  next: number | null
}

/**
 * Keeps undecided items without findings, of as many as one request looks at. Left out is what has changed since its snapshot, what has not
 * been judged, and what the actor may not decide on.
 * @param after the item after which it goes on: `next` of the request before
 * @throws AppError `not-found`, `forbidden`, `rule` (closed)
 */
export async function keepClean(ctx: Context, reviewId: string, after: number): Promise<Kept> {
  const { organizationId } = requireAccess(ctx, 'write')
  requireReviewer(ctx, await findReview(ctx.db, organizationId, reviewId))
  const undecided = { reviewId, decision: 'undecided' }
  const rows = await ctx.db.accessReviewItem.findMany({
    where: { ...undecided, number: { gt: after } },
    orderBy: { number: 'asc' },
    take: keptAtOnceMax + 1,
  })
  const looked = rows.slice(0, keptAtOnceMax)
  const items = await withNow(ctx, organizationId, looked)
  const clean = items.filter(isClean)
  const unjudged = items.filter(({ now }) => now !== null && now.judged !== 'yes').length
  const next = rows.length > looked.length ? (looked.at(-1)?.number ?? null) : null
  return inOrganization(ctx, 'write', async (tx, ctx) => {
    const review = await findReview(tx, organizationId, reviewId)
    requireReviewer(ctx, review)
    const numbers = await unchanged(
      tx,
      ctx,
      clean.filter(({ kind, thingId, now }) => mayDecideOn(ctx, kind, thingId, now)),
    )
    const by = storedActor(ctx.actor)
    const { count: kept } = await tx.accessReviewItem.updateMany({
      where: { ...undecided, number: { in: numbers } },
      data: {
        ...{ decision: 'kept', decidedAt: ctx.now(), decidedByKind: by.kind },
        ...{ decidedById: by.id, decidedByName: by.name, version: { increment: 1 } },
      },
    })
    if (kept === 0) {
      recordNothing(ctx)
      return { kept, unjudged, next }
    }
    await tx.accessReview.update({ where: { id: review.id }, data: { kept: { increment: kept } } })
    await record(tx, ctx, { action: 'review.items-kept', target: reviewTarget(review), after: { kept, numbers } })
    return { kept, unjudged, next }
  })
}

type Clean = ItemView & { kind: ReviewedKind; now: ReviewSnapshot }

const isClean = (item: ItemView): item is Clean =>
  ReviewedKind.safeParse(item.kind).success &&
  !item.hasFindings &&
  item.now !== null &&
  item.now.judged === 'yes' &&
  item.now.findings.length === 0 &&
  !item.now.isWide &&
  item.changes.length === 0

/** The numbers of those that are still what was looked at. */
async function unchanged(tx: Tx, { organizationId }: Managing, items: readonly Clean[]): Promise<number[]> {
  const numbers: number[] = []
  for (const kind of ReviewedKind.options) {
    const ofKind = items.filter((item) => item.kind === kind)
    if (ofKind.length === 0) continue
    const seen = new Map(ofKind.map(({ thingId, now }) => [thingId, now]))
    const same = await things[kind].unchanged(tx, organizationId, seen)
    numbers.push(...ofKind.filter(({ thingId }) => same.has(thingId)).map(({ number }) => number))
  }
  return numbers
}
