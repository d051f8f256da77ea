import { keptAtOnceMax, ReviewedKind } from '@/lib/model/access-review'
import { requireAccess } from '../access'
import { record, recordNothing } from '../audit/record'
import type { Context } from '../context'
import { inOrganization } from '../in-organization'
import { storedActor } from '../stored-actor'
import { withNow } from './list-items'
import { requireDecider, requireReviewer } from './require-reviewer'
import { findReview, reviewTarget } from './review-row'

export type Kept = { kept: number; next: number | null }

/**
 * Keeps undecided items without findings, of as many as one request looks at. Left out is what has changed since its snapshot, and what the
 * actor may not decide on.
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
  const clean = (await withNow(ctx, organizationId, looked)).filter(
    ({ hasFindings, now, changes }) =>
      !hasFindings && now && now.findings.length === 0 && !now.isWide && !changes.length,
  )
  const next = rows.length > looked.length ? (looked.at(-1)?.number ?? null) : null
  return inOrganization(ctx, 'write', async (tx, ctx) => {
    const review = await findReview(tx, organizationId, reviewId)
    requireReviewer(ctx, review)
    const numbers = clean.filter((item) => mayDecide(ctx, item)).map(({ number }) => number)
    const by = storedActor(ctx.actor)
    const { count: kept } = await tx.accessReviewItem.updateMany({
      where: { ...undecided, number: { in: numbers } },
      data: {
        ...{ decision: 'kept', decidedAt: ctx.now(), decidedByKind: by.kind },
        ...{ decidedById: by.id, decidedByName: by.name },
      },
    })
    if (kept === 0) {
      recordNothing(ctx)
      return { kept, next }
    }
    await tx.accessReview.update({ where: { id: review.id }, data: { kept: { increment: kept } } })
    await record(tx, ctx, { action: 'review.items-kept', target: reviewTarget(review), after: { kept, numbers } })
    return { kept, next }
  })
}

type Item = Awaited<ReturnType<typeof withNow>>[number]

function mayDecide(ctx: Context, { kind, thingId, now }: Item): boolean {
  const known = ReviewedKind.safeParse(kind)
  if (!now || !known.success) return false
  try {
    requireDecider(ctx, known.data, thingId, now)
    return true
  } catch {
    return false
  }
}
