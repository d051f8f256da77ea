import type { Trust } from '@/lib/trust/trust'
import { requireAccess } from '../access'
import { record } from '../audit/record'
import { type Context, inTransaction } from '../context'
import { findTrustIn, type TrustKey } from './find-trust'
import { requireTrustRank } from './require-trust-rank'

/** Removes a trust and every access token bought through it, at once. @throws AppError `not-found`, `forbidden` */
export async function removeTrust(ctx: Context, key: TrustKey): Promise<Trust> {
  const { organizationId } = requireAccess(ctx, 'write')
  return inTransaction(ctx, async (tx) => {
    const before = await findTrustIn(tx, organizationId, key)
    await requireTrustRank(tx, ctx, organizationId, before.identityId)
    const tokensEnded = await tx.accessToken.count({ where: { trustId: before.id, revokedAt: null } })
    await tx.trust.delete({ where: { id: before.id } })
    await record(tx, ctx, {
      action: 'trust.deleted',
      target: { kind: 'trust', id: before.id, name: before.name },
      before,
      after: { tokensEnded },
    })
    return before
  })
}
