import { z } from 'zod'
import type { Tx } from '@/lib/db/client'
import { storedOrNull } from '@/lib/db/stored-json'
import { AppError } from '@/lib/errors'
import { ReviewedKind, type ReviewScope, type ReviewSnapshot } from '@/lib/model/access-review'
import { reviewItemsMax } from '@/lib/model/access-review-facts'
import { requireAccess } from '../access'
import { record, recordNothing } from '../audit/record'
import type { Context } from '../context'
import { inOrganization, type Managing } from '../in-organization'
import { findReview, type ReviewRow, type ReviewView, reviewTarget, scopeOf, toReview } from './review-row'
import { things } from './things'

/** How long one request takes items, and things that are looked at together. */
const [collectingMsMax, pageThings] = [1_500, 100]
const dayMs = 24 * 3600 * 1000

/** The next thing that is looked at. */
const Position = z.object({ kind: ReviewedKind, cursor: z.string().nullable() })

/**
 * Takes more items into a review that is being collected: a page at least, and more while the time lasts. When all things were looked at, the
 * review is open.
 * @throws AppError `not-found`, `rule` (its scope cannot be read)
 */
export async function collectItems(ctx: Context, id: string): Promise<ReviewView> {
  const { organizationId } = requireAccess(ctx, 'administer')
  const untilMs = performance.now() + collectingMsMax
  let review = await findReview(ctx.db, organizationId, id)
  if (review.state !== 'collecting') recordNothing(ctx)
  while (review.state === 'collecting') {
    review = await collectPage(ctx, review)
    if (performance.now() >= untilMs) break
  }
  return toReview(review, ctx.now())
}

type Item = { id: string; snapshot: ReviewSnapshot }

async function collectPage(ctx: Context, review: ReviewRow): Promise<ReviewRow> {
  const scope = scopeOf(review)
  const [first] = scope?.kinds ?? []
  if (!scope || !first) throw new AppError('rule', 'What this review is about cannot be read. Start another one.')
  const { organizationId } = review
  const { kind, cursor } = storedOrNull(review.position, Position) ?? { kind: first, cursor: null }
  const at = { cursor: cursor ?? undefined, limit: pageThings }
  const { rows, next } = await things[kind].page({ db: ctx.db, organizationId, now: ctx.now() }, at)
  const ids = rows.map(({ id }) => id)
  const snapshots = await things[kind].snapshots(ctx, organizationId, ids)
  const reviewed = await reviewedLately(ctx, scope, ids)
  const found = ids.flatMap((id): Item[] => {
    const snapshot = snapshots.get(id)
    return snapshot && isAsked(snapshot, scope) && !reviewed.has(id) ? [{ id, snapshot }] : []
  })
  const kindAfter = scope.kinds[scope.kinds.indexOf(kind) + 1]
  const after = next !== null ? { kind, cursor: next } : kindAfter ? { kind: kindAfter, cursor: null } : null
  return inOrganization(ctx, 'administer', async (tx, ctx) => {
    const stored = await findReview(tx, organizationId, review.id)
    // Another request has taken this page.
    if (stored.state !== 'collecting' || stored.position !== review.position) {
      recordNothing(ctx)
      return stored
    }
    const taken = found.slice(0, reviewItemsMax - stored.items)
    const isCut = taken.length < found.length
    await addItems(tx, ctx, stored, kind, taken)
    const isDone = after === null || isCut
    const data = {
      ...{ items: stored.items + taken.length, isCut, state: isDone ? 'open' : 'collecting' },
      position: isDone ? null : JSON.stringify(after),
    }
    const row = await tx.accessReview.update({ where: { id: review.id }, data })
    if (!isDone) recordNothing(ctx)
    else
      await record(tx, ctx, {
        action: 'review.collected',
        target: reviewTarget(row),
        after: { items: row.items, isCut },
      })
    return row
  })
}

const isAsked = ({ role, isWide }: ReviewSnapshot, scope: ReviewScope) =>
  (scope.role === undefined || role === scope.role) && (!scope.onlyWide || isWide)

/** Which of these things a review has decided on since the time that is asked for. */
async function reviewedLately({ db, now }: Context, { notReviewedDays }: ReviewScope, ids: readonly string[]) {
  if (notReviewedDays === undefined) return new Set<string>()
  const since = new Date(now().getTime() - notReviewedDays * dayMs)
  const rows = await db.accessReviewItem.findMany({
    where: { thingId: { in: [...ids] }, decidedAt: { gte: since } },
    select: { thingId: true },
    distinct: ['thingId'],
  })
  return new Set(rows.map(({ thingId }) => thingId))
}

async function addItems(
  tx: Tx,
  { organizationId, now }: Managing,
  review: ReviewRow,
  kind: ReviewedKind,
  found: Item[],
) {
  await tx.accessReviewItem.createMany({
    data: found.map(({ id: thingId, snapshot }, at) => ({
      ...{ reviewId: review.id, number: review.items + at + 1, organizationId, kind, thingId, name: snapshot.name },
      ...{ snapshot: JSON.stringify(snapshot), takenAt: now(), isWide: snapshot.isWide },
      hasFindings: snapshot.findings.length > 0 || snapshot.isWide,
    })),
  })
}
