import { notFound } from '@/lib/errors'
import { isId } from '@/lib/ids'
import { requireAccess, requireRank } from '../access'
import { record } from '../audit/record'
import { type Context, inTransaction } from '../context'
import { holderOf, readAccessToken } from './read-access-token'

/** Whoever holds an access token may end it. @throws AppError `unauthenticated` when it is dead already */
export async function revokeOwnAccessToken(ctx: Context, token: string): Promise<void> {
  const row = await readAccessToken(ctx, token)
  await revoke(ctx, { id: row.id, name: row.name ?? row.holder.name, organizationId: row.organizationId })
}

/** Ends an issued token by its id. @throws AppError `not-found`, `forbidden` (rank) */
export async function revokeAccessToken(ctx: Context, id: string): Promise<void> {
  const { organizationId } = requireAccess(ctx, 'write')
  const row = isId(id)
    ? await ctx.db.accessToken.findFirst({ where: { id, organizationId }, include: { identity: true, trust: true } })
    : null
  const holder = row && holderOf(row)
  if (!row || !holder) throw notFound('There is no access token with that id.')
  requireRank(ctx, holder.role, 'revoke tokens of an identity')
  await revoke(ctx, { id, name: row.name ?? holder.name, organizationId })
}

async function revoke(ctx: Context, token: { id: string; name: string; organizationId: string }) {
  await inTransaction(ctx, async (tx) => {
    const { count } = await tx.accessToken.updateMany({
      where: { id: token.id, revokedAt: null },
      data: { revokedAt: ctx.now() },
    })
    if (count === 0) return
    await record(tx, ctx, {
      action: 'access-token.revoked',
      organizationId: token.organizationId,
      target: { kind: 'access-token', id: token.id, name: token.name },
    })
  })
}
