import type { Tx } from '@/lib/db/client'
import { inTransaction } from '@/lib/db/transaction'
import type { Access } from '@/lib/trust/role'
import { requireAccess } from './access'
import type { Context } from './context'
import { currentActor } from './current-actor'

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
  options: { timeoutMs?: number } = {},
): Promise<T> {
  const { organizationId } = requireAccess(ctx, access)
  return inTransaction(
    ctx,
    async (tx) => {
      await holdOrganization(tx, organizationId)
      const current = { ...ctx, organizationId, actor: await currentActor(tx, ctx, organizationId) }
      requireAccess(current, access)
      return act(tx, current)
    },
    options,
  )
}

/** For an act that changes rows of as many identities as one person controls. */
export const manyRows = { timeoutMs: 120_000 }

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
