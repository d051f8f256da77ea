import type { Tx } from '@/lib/db/client'
import { AppError, invalidField } from '@/lib/errors'
import { newId } from '@/lib/ids'
import { openReviewsMax, type ReviewedKind, type ReviewInput } from '@/lib/model/access-review'
import { canAccess, toRole } from '@/lib/trust/role'
import { requireAccess } from '../access'
import { record } from '../audit/record'
import type { Context } from '../context'
import { inOrganization, type Managing } from '../in-organization'
import { collectItems } from './collect-items'
import { type ReviewView, reviewTarget } from './review-row'
import { things } from './things'

const dueDaysMax = 366
const dayMs = 24 * 3600 * 1000

/**
 * Starts an access review and takes its first items; `collectItems` takes the others.
 * @throws AppError `invalid` (due date, reviewers), `rule` (too many reviews)
 */
export async function startReview(ctx: Context, input: ReviewInput): Promise<ReviewView> {
  requireAccess(ctx, 'administer')
  const id = newId()
  await inOrganization(ctx, 'administer', async (tx, ctx) => {
    const { organizationId } = ctx
    const { name, scope, reviewers } = input
    const dueAt = requireDue(input.dueAt, ctx.now())
    await requireReviewers(tx, ctx, reviewers)
    const open = { organizationId, state: { in: ['collecting', 'open'] } }
    if ((await tx.accessReview.count({ where: open })) >= openReviewsMax) {
      const message = `At most ${openReviewsMax} access reviews are open at once. Close one first.`
      throw new AppError('rule', message, { reason: 'too_many_reviews' })
    }
    const createdByName = 'name' in ctx.actor ? ctx.actor.name : null
    const total = await countThings(tx, ctx, scope.kinds)
    const texts = { scope: JSON.stringify(scope), reviewers: JSON.stringify(reviewers) }
    const row = await tx.accessReview.create({
      data: { ...{ id, organizationId, name, dueAt, total, createdByName }, ...texts, createdAt: ctx.now() },
    })
    await record(tx, ctx, {
      action: 'review.started',
      target: reviewTarget(row),
      after: { name, dueAt: dueAt.toISOString(), scope, reviewers },
    })
  })
  return collectItems(ctx, id)
}

/** Things of one kind that are counted; of more, how far the review is cannot be said exactly. */
const countedMax = 50_000

async function countThings(tx: Tx, { organizationId, now }: Managing, kinds: readonly ReviewedKind[]) {
  let total = 0
  for (const kind of kinds) total += await things[kind].count({ db: tx, organizationId, now: now() }, countedMax)
  return total
}

/** @throws AppError `invalid` */
export function requireDue(text: string, now: Date): Date {
  const due = new Date(text)
  if (due > now && due.getTime() < now.getTime() + dueDaysMax * dayMs) return due
  throw invalidField(['dueAt'], 'Give a time that is still to come, at most a year ahead.', 'due_date')
}

/**
 * Who decides has to be able to change things.
 * @param asked those that are looked at: all, unless some are reviewers already
 * @throws AppError `invalid`
 */
export async function requireReviewers(
  tx: Tx,
  { organizationId }: Managing,
  ids: readonly string[],
  asked: readonly string[] = ids,
) {
  const rows = await tx.membership.findMany({ where: { organizationId, userId: { in: [...asked] } } })
  const able = new Set(rows.filter(({ role }) => canAccess(toRole(role), 'write')).map(({ userId }) => userId))
  const at = ids.findIndex((id) => asked.includes(id) && !able.has(id))
  if (at === -1) return
  throw invalidField(['reviewers', at], 'This is no member with the role member or admin. Choose another.', 'reviewer')
}
