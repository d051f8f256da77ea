import type { Tx } from '@/lib/db/client'
import { AppError } from '@/lib/errors'
import type { ItemDecision, ItemPatch, ReviewSnapshot } from '@/lib/model/access-review'
import { requireAccess } from '../access'
import { record, recordNothing } from '../audit/record'
import type { Context } from '../context'
import { inOrganization, type Managing } from '../in-organization'
import { storedActor } from '../stored-actor'
import { requireDecidable, requireOverride, requireReason } from './decision-rules'
import { type ItemView, markOf, withNow } from './list-items'
import { requireDecider, requireReviewer } from './require-reviewer'
import { findItem, findReview, formerOf, type ItemRow, itemTarget, type ReviewRow, readItem } from './review-row'
import { things } from './things'

export const decisionOf = { keep: 'kept', narrow: 'narrowing', remove: 'removed' } as const

type Place = { reviewId: string; number: number }

/**
 * Decides on an item. Removing removes the thing itself, with the checks of its own verb, in the same transaction.
 * @throws AppError `not-found`, `forbidden`, `invalid` (a reason is needed), `rule` (closed, removed already, gone, still being judged),
 * `conflict` (the thing is another than was read; another decision has come since, or is not overridden)
 */
export async function decideItem(ctx: Context, place: Place, patch: ItemPatch): Promise<ItemView> {
  await decide(ctx, place, patch)
  const { organizationId } = requireAccess(ctx, 'write')
  const [view] = await withNow(ctx, organizationId, [await findItem(ctx.db, place.reviewId, place.number)])
  if (!view) throw unreadable()
  return view
}

/** The same without reading what came of it. */
export async function decide(ctx: Context, { reviewId, number }: Place, patch: ItemPatch): Promise<void> {
  const { organizationId } = requireAccess(ctx, 'write')
  requireReviewer(ctx, await findReview(ctx.db, organizationId, reviewId))
  const seen = await currentOf(ctx, organizationId, await findItem(ctx.db, reviewId, number))
  if (patch.mark !== undefined && patch.mark !== (await markOf(seen))) throw changedMeanwhile()
  await inOrganization(ctx, 'write', async (tx, ctx) => {
    const review = await findReview(tx, organizationId, reviewId)
    requireReviewer(ctx, review)
    const item = await findItem(tx, reviewId, number)
    const { kind, snapshot, decision } = readItem(item)
    const state = seen ?? snapshot
    if (!kind || !state) throw unreadable()
    requireDecider(ctx, kind, item.thingId, state)
    requireDecidable(patch, { kind, decision, seen })
    const to = decisionOf[patch.decision]
    if (decision === to && item.reason === (patch.reason ?? null)) return recordNothing(ctx)
    requireOverride(patch, item, decision)
    if (seen) requireReason(patch, { isWide: seen.isWide || item.isWide, judged: seen.judged })
    if (seen && !(await things[kind].unchanged(tx, organizationId, new Map([[item.thingId, seen]]))).size)
      throw changedMeanwhile()
    await writeDecision(tx, ctx, { review, item, to, reason: patch.reason, from: seen })
    // After the entry of the review, so that both are there or none: removing has its own.
    if (to === 'removed' && seen) await things[kind].remove(tx, ctx, item.thingId)
  })
}

async function currentOf(ctx: Context, organizationId: string, item: ItemRow): Promise<ReviewSnapshot | null> {
  const { kind } = readItem(item)
  if (!kind) throw unreadable()
  return (await things[kind].snapshots(ctx, organizationId, [item.thingId])).get(item.thingId) ?? null
}

type Decided = {
  review: ReviewRow
  item: ItemRow
  to: ItemDecision
  reason?: string | undefined
  /** What it was when it was to become narrower. */
  from: ReviewSnapshot | null
}

/** Stores a decision, counts it, and puts it on record; one that overrides another as such. */
async function writeDecision(tx: Tx, ctx: Managing, { review, item, to, reason, from }: Decided): Promise<void> {
  const { decision } = readItem(item)
  const by = storedActor(ctx.actor)
  const former = decision === 'undecided' ? null : formerOf(item, decision)
  await tx.accessReviewItem.update({
    where: { reviewId_number: { reviewId: review.id, number: item.number } },
    data: {
      ...{ decision: to, reason: reason ?? null, decidedAt: ctx.now(), decidedByKind: by.kind },
      ...{ decidedById: by.id, decidedByName: by.name, version: { increment: 1 }, aside: null },
      former: former && JSON.stringify(former),
      narrowFrom:
        to === 'narrowing' && from
          ? JSON.stringify({ version: from.version, role: from.role, enabled: from.enabled })
          : null,
    },
  })
  await tx.accessReview.update({ where: { id: review.id }, data: countsAfter(decision, to) })
  await record(tx, ctx, {
    action: former ? 'review.decision-overridden' : 'review.item-decided',
    target: itemTarget(review, item),
    before: former ?? { decision },
    after: { decision: to, kind: item.kind, id: item.thingId, sentence: from?.sentence ?? null },
    reason,
  })
}

/** How the counts of a review change when an item has another decision. */
export function countsAfter(from: ItemDecision, to: ItemDecision) {
  if (from === to) return {}
  return {
    ...(from === 'undecided' ? {} : { [from]: { decrement: 1 } }),
    ...(to === 'undecided' ? {} : { [to]: { increment: 1 } }),
  }
}

const changedMeanwhile = () =>
  new AppError('conflict', 'It has been changed since it was read. Load the review again and look at what changed.', {
    reason: 'changed_meanwhile',
  })
const unreadable = () =>
  new AppError('rule', 'This item cannot be read, so nothing can be decided on it.', { reason: 'item_unreadable' })
