import type { Db, Tx } from '@/lib/db/client'
import { AppError } from '@/lib/errors'
import { type Access, toRole } from '@/lib/trust/role'
import { requireAccess } from './access'
import type { Actor, Context } from './context'

/**
 * Asks again whether the actor of a request that goes on for long may do what it does.
 * @throws AppError `unauthenticated` (the actor, session or token is gone), `forbidden` (the role is too low now)
 */
export async function requireStill(ctx: Context, access: Access): Promise<void> {
  const { organizationId } = requireAccess(ctx, access)
  requireAccess({ ...ctx, actor: await currentActor(ctx.db, ctx, organizationId) }, access)
}

/** The actor of a request as the database has it now. @throws AppError `unauthenticated` (the actor, session or token is gone) */
export async function currentActor(tx: Db | Tx, ctx: Context, organizationId: string): Promise<Actor> {
  const { actor } = ctx
  if (actor.kind === 'user') {
    const [membership, hasSession] = await Promise.all([
      tx.membership.findUnique({ where: { organizationId_userId: { organizationId, userId: actor.id } } }),
      actor.sessionId === '' || tx.session.findUnique({ where: { id: actor.sessionId }, select: { id: true } }),
    ])
    if (!membership || !hasSession) throw gone('Your session has ended. Sign in again.', 'not_signed_in')
    return { ...actor, role: toRole(membership.role) }
  }
  if (actor.kind === 'identity') {
    const token = await tx.accessToken.findUnique({
      where: { id: actor.accessTokenId },
      select: { revokedAt: true, identity: { select: { id: true, role: true, organizationId: true } } },
    })
    const identity = token?.revokedAt === null ? token.identity : null
    if (identity?.id !== actor.id || identity.organizationId !== organizationId) {
      throw gone('The access token has been revoked.', 'token_revoked')
    }
    return { ...actor, role: toRole(identity.role) }
  }
  return actor
}

const gone = (message: string, reason: string) => new AppError('unauthenticated', message, { reason })
