import { AppError } from '@/lib/errors'
import type { ReviewedKind, ReviewSnapshot } from '@/lib/model/access-review'
import { canAccess, roleIncludes, toRole } from '@/lib/trust/role'
import { requireAccess, requireActor, requireRank } from '../access'
import type { Context } from '../context'
import { type ReviewRow, reviewerIdsOf, stateOf } from './review-row'

/**
 * Asks whether the actor decides in a review that is not closed: admins do, and members who were named.
 * @throws AppError `forbidden`, `rule` (closed)
 */
export function requireReviewer(ctx: Context, review: ReviewRow): void {
  const { role } = requireAccess(ctx, 'write')
  if (!canAccess(role, 'administer') && !reviewerIdsOf(review).includes(requireActor(ctx).id)) {
    throw new AppError('forbidden', 'Only admins and the reviewers of this access review decide here.', {
      reason: 'no_reviewer',
    })
  }
  requireOpen(review)
}

/** @throws AppError `rule` for a review that is closed, or whose state cannot be read */
export function requireOpen(review: Pick<ReviewRow, 'state'>): void {
  if (stateOf(review) !== 'closed') return
  throw new AppError('rule', 'This access review is closed. Start another one.', { reason: 'review_closed' })
}

const nouns: Record<ReviewedKind, string> = {
  identity: 'decide on an identity',
  trust: 'decide on a trust',
  person: 'decide on a person',
  token: 'decide on an access token',
}

/**
 * Asks whether the actor may decide on one thing: nothing above the own role, no person unless they manage people, and never themselves.
 * @throws AppError `forbidden`, `rule` (the actor itself)
 */
export function requireDecider(ctx: Context, kind: ReviewedKind, thingId: string, state: ReviewSnapshot): void {
  if (kind === 'person') requireAccess(ctx, 'administer')
  if (state.role !== null) requireRank(ctx, toRole(state.role), nouns[kind])
  if (isOwn(ctx, thingId, state)) {
    throw new AppError('rule', 'You cannot decide on your own access. Another reviewer does.', { reason: 'own_access' })
  }
}

/** Whether the actor may decide on one thing. */
export function mayDecideOn(ctx: Context, kind: ReviewedKind, thingId: string, state: ReviewSnapshot): boolean {
  const { role } = requireActor(ctx)
  if (kind === 'person' && !canAccess(role, 'administer')) return false
  return (state.role === null || roleIncludes(role, toRole(state.role))) && !isOwn(ctx, thingId, state)
}

function isOwn(ctx: Context, thingId: string, { ownerId }: ReviewSnapshot): boolean {
  const own = [requireActor(ctx).id, ...(ctx.actor.kind === 'identity' ? [ctx.actor.accessTokenId] : [])]
  return own.includes(thingId) || (ownerId !== null && own.includes(ownerId))
}
