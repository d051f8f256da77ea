import type { Tx } from '@/lib/db/client'
import { inTransaction } from '@/lib/db/transaction'
import { AppError } from '@/lib/errors'
import { type Access, toRole } from '@/lib/trust/role'
import { requireAccess } from './access'
import type { Actor, Context } from './context'

/** The context of an act of management: its organization is known, and its actor is as the database has it now. */
export type Managing = Context & { organizationId: string }

/**
 * Runs an act of management in one transaction that holds the organization's row until it ends, so such acts take turns:
 * what one counts or checks (the last admin, a rank, a free name) is still true when its own changes are committed. The actor
 * is read again first, for the role known from the start of the request may have been lowered since.
 * @throws AppError `unauthenticated` (the actor, session or token is gone), `forbidden` (the role is too low now)
 */
export async function inOrganization<T>(
  ctx: Context,
  access: Access,
  act: (tx: Tx, ctx: Managing) => Promise<T>,
): Promise<T> {
  const { organizationId } = requireAccess(ctx, access)
  return inTransaction(ctx, async (tx) => {
    await holdOrganization(tx, organizationId)
    const current = { ...ctx, organizationId, actor: await currentActor(tx, ctx, organizationId) }
    requireAccess(current, access)
    return act(tx, current)
  })
}

/** Waits for every other act that holds the organization, and lets others wait until the transaction ends. */
export async function holdOrganization(tx: Tx, organizationId: string) {
  // Writing, not reading, is what makes PostgreSQL hold the row; the value stays, so foreign keys do not wait for it.
  // Not the id: SQLite would look through all rows that refer to it.
  await tx.$executeRaw`UPDATE "Organization" SET "name" = "name" WHERE "id" = ${organizationId}`
}

/**
 * Lets sign-ins and changes of one person take turns: a session that starts while a password, a role or the person itself
 * goes away either sees the change or is ended by it.
 */
export async function holdPerson(tx: Tx, userId: string) {
  await tx.membership.updateMany({ where: { userId }, data: { userId } })
}

async function currentActor(tx: Tx, ctx: Context, organizationId: string): Promise<Actor> {
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
