import type { Tx } from '@/lib/db/client'
import { inTransaction } from '@/lib/db/transaction'
import { AppError, notFound } from '@/lib/errors'
import { isId } from '@/lib/ids'
import { requireRank } from '../access'
import { record, recordNothing } from '../audit/record'
import type { Actor, Context } from '../context'
import { inOrganization, type Managing } from '../in-organization'
import { findIssuedToken, holderOf } from './read-access-token'
import { toActor } from './use-access-token'

/** Ends an access token for its holder. @throws AppError `unauthenticated` when it is dead already */
export async function revokeOwnAccessToken(ctx: Context, token: string): Promise<void> {
  const row = await findIssuedToken(ctx, token)
  const { id, holder, organizationId } = row
  // From any address: the holder of a leaked token must be able to end it.
  const own = { id, name: row.name ?? holder.name, organizationId, actor: toActor(holder, id) }
  await inTransaction(ctx, (tx) => revoke(tx, ctx, own))
}

/** The same; a token that is not valid (any more) needs no revoking and is no error (RFC 7009 §2.2). */
export async function revokePresentedToken(ctx: Context, token: string): Promise<void> {
  try {
    await revokeOwnAccessToken(ctx, token)
  } catch (error) {
    if (!(error instanceof AppError) || error.kind !== 'unauthenticated') throw error
    recordNothing(ctx)
  }
}

/** Ends an issued token by its id. @throws AppError `not-found`, `forbidden` (rank) */
export async function revokeAccessToken(ctx: Context, id: string): Promise<void> {
  await inOrganization(ctx, 'write', (tx, ctx) => revokeAccessTokenIn(tx, ctx, id))
}

/** The same as part of another act. */
export async function revokeAccessTokenIn(tx: Tx, ctx: Managing, id: string): Promise<void> {
  const { organizationId } = ctx
  const row = isId(id)
    ? await tx.accessToken.findFirst({ where: { id, organizationId }, include: { identity: true, trust: true } })
    : null
  const holder = row && holderOf(row)
  if (!row || !holder) throw notFound('There is no access token with that id.')
  requireRank(ctx, holder.role, 'revoke tokens of an identity')
  await revoke(tx, ctx, { id, name: row.name ?? holder.name, organizationId })
}

type Revoked = { id: string; name: string; organizationId: string; actor?: Actor }

async function revoke(tx: Tx, ctx: Context, token: Revoked) {
  const { count } = await tx.accessToken.updateMany({
    where: { id: token.id, revokedAt: null },
    data: { revokedAt: ctx.now() },
  })
  if (count === 0) return recordNothing(ctx)
  await record(tx, ctx, {
    action: 'access-token.revoked',
    organizationId: token.organizationId,
    ...(token.actor ? { actor: token.actor } : {}),
    target: { kind: 'access-token', id: token.id, name: token.name },
  })
}
