import type { Tx } from '@/lib/db/client'
import { AppError, invalidField } from '@/lib/errors'
import type { ItemDecision, ItemPatch, ReviewSnapshot } from '@/lib/model/access-review'
import { requireAccess } from '../access'
import { record, recordNothing } from '../audit/record'
import type { Context } from '../context'
import { inOrganization, type Managing } from '../in-organization'
import { storedActor } from '../stored-actor'
import { type ItemView, markOf, withNow } from './list-items'
import { requireDecider, requireReviewer } from './require-reviewer'
import { findItem, findReview, type ItemRow, itemTarget, type ReviewRow, readItem } from './review-row'
import { things } from './things'

const decisionOf = { keep: 'kept', narrow: 'narrowing', remove: 'removed' } as const

type Place = { reviewId: string; number: number }

/**
 * Decides on an item. Removing removes the thing itself, with the checks of its own verb, in the same transaction.
 * @throws AppError `not-found`, `forbidden`, `invalid` (a reason is needed), `rule` (closed, removed already, gone), `conflict` (the thing
 * is another than was read)
 */
export async function decideItem(ctx: Context, place: Place, patch: ItemPatch): Promise<ItemView> {
  const { organizationId } = requireAccess(ctx, 'write')
  const { reviewId, number } = place
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
    if (decision === 'removed') throw ruled('This was removed; that cannot be undone here.', 'item_removed')
    if (!seen && patch.decision !== 'remove')
      throw ruled('It is not there any more. Decide to remove it.', 'thing_gone')
    requireNarrowable(patch, kind)
    if (seen) requireReason(patch, state.isWide || item.isWide)
    const to = decisionOf[patch.decision]
    if (decision === to && item.reason === (patch.reason ?? null)) return recordNothing(ctx)
    await requireUnchanged(tx, item, seen)
    await writeDecision(tx, ctx, { review, item, to, reason: patch.reason, from: seen })
    // After the entry of the review, so that both are there or none: removing has its own.
    if (to === 'removed' && seen) await things[kind].remove(tx, ctx, item.thingId)
  })
  const [view] = await withNow(ctx, organizationId, [await findItem(ctx.db, reviewId, number)])
  if (!view) throw unreadable()
  return view
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

/** Stores a decision, counts it, and puts it on record. */
async function writeDecision(tx: Tx, ctx: Managing, { review, item, to, reason, from }: Decided): Promise<void> {
  const { decision } = readItem(item)
  const by = storedActor(ctx.actor)
  await tx.accessReviewItem.update({
    where: { reviewId_number: { reviewId: review.id, number: item.number } },
    data: {
      ...{ decision: to, reason: reason ?? null, decidedAt: ctx.now(), decidedByKind: by.kind },
      ...{ decidedById: by.id, decidedByName: by.name },
      narrowFrom:
        to === 'narrowing' && from
          ? JSON.stringify({ version: from.version, role: from.role, enabled: from.enabled })
          : null,
    },
  })
  await tx.accessReview.update({ where: { id: review.id }, data: countsAfter(decision, to) })
  await record(tx, ctx, {
    action: 'review.item-decided',
    target: itemTarget(review, item),
    before: { decision },
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

function requireNarrowable({ decision }: ItemPatch, kind: string): void {
  if (decision !== 'narrow' || kind !== 'token') return
  throw invalidField(['decision'], 'An access token cannot become narrower. Keep it or remove it.', 'not_narrowable')
}

function requireReason({ decision, reason }: ItemPatch, isWide: boolean): void {
  if (reason !== undefined || decision === 'narrow' || (decision === 'keep' && !isWide)) return
  const message =
    decision === 'remove'
      ? 'Say why it is removed.'
      : 'Say why it is kept: it has a critical or high finding, or lets an attack story in.'
  throw invalidField(['reason'], message, 'reason_needed')
}

/** What was read outside of the transaction must be what is decided on. */
async function requireUnchanged(tx: Tx, { kind, thingId }: ItemRow, seen: ReviewSnapshot | null): Promise<void> {
  if (!seen) return
  const now =
    kind === 'trust'
      ? await tx.trust.findUnique({ where: { id: thingId }, select: { version: true } })
      : kind === 'identity'
        ? await tx.identity.findUnique({ where: { id: thingId }, select: { role: true } })
        : kind === 'person'
          ? await tx.membership.findFirst({ where: { userId: thingId }, select: { role: true } })
          : {}
  if (!now || ('version' in now && now.version !== seen.version) || ('role' in now && now.role !== seen.role)) {
    throw changedMeanwhile()
  }
}

const changedMeanwhile = () =>
  new AppError('conflict', 'It has been changed since it was read. Load the review again and look at what changed.', {
    reason: 'changed_meanwhile',
  })
const ruled = (message: string, reason: string) => new AppError('rule', message, { reason })
const unreadable = () => ruled('This item cannot be read, so nothing can be decided on it.', 'item_unreadable')
