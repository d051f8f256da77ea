import { inTransaction } from '@/lib/db/transaction'
import { AppError } from '@/lib/errors'
import { inboxSeconds, type TokenInboxAnswer } from '@/lib/model/token-inbox'
import { requireAccess, requireActor } from '../access'
import { record } from '../audit/record'
import type { Context } from '../context'
import { liveFor } from '../live-for'
import { inboxTarget, toInbox } from './inbox-row'

/** Returns an inbox to its owner. @throws AppError `not-found`: another's, too old, or removed */
export async function getInbox(ctx: Context, id: string): Promise<TokenInboxAnswer> {
  const row = await ctx.db.tokenInbox.findFirst({ where: ownInbox(ctx, id) })
  if (!row) throw noInbox()
  return toInbox(row)
}

/** Removes an inbox and what it has caught. @throws AppError `not-found` */
export async function closeInbox(ctx: Context, id: string): Promise<void> {
  const where = ownInbox(ctx, id)
  await inTransaction(ctx, async (tx) => {
    const { count } = await tx.tokenInbox.deleteMany({ where })
    if (count === 0) throw noInbox()
    await record(tx, ctx, { action: 'token-inbox.closed', target: inboxTarget({ id }) })
  })
}

function ownInbox(ctx: Context, id: string) {
  const { organizationId } = requireAccess(ctx, 'write')
  return { id, organizationId, ownerId: requireActor(ctx).id, expiresAt: liveFor(ctx.now(), inboxSeconds) }
}

const noInbox = () =>
  new AppError('not-found', 'There is no such inbox of yours. It is removed ten minutes after it was opened.')
