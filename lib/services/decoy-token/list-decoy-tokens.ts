import { decoyTokensMax } from '@/lib/model/decoy-token'
import { requireAccess } from '../access'
import type { Context } from '../context'
import { findIdentityIn } from '../identity/get-identity'

export const decoyTokenColumns = {
  ...{ id: true, identityId: true, name: true, place: true, createdAt: true, createdByName: true, expiresAt: true },
} as const

export type DecoyToken = Awaited<ReturnType<typeof listDecoyTokens>>[number]

/** Decoy tokens that name an identity as their holder, newest first; never their texts. @throws AppError `not-found` */
export async function listDecoyTokens(ctx: Context, identityId: string) {
  const { organizationId } = requireAccess(ctx, 'read')
  const { id } = await findIdentityIn(ctx.db, organizationId, identityId)
  return ctx.db.decoyToken.findMany({
    where: { identityId: id },
    orderBy: [{ identityId: 'desc' }, { createdAt: 'desc' }, { id: 'desc' }],
    take: decoyTokensMax,
    select: decoyTokenColumns,
  })
}
