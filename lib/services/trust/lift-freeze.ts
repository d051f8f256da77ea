import { notFound } from '@/lib/errors'
import { record } from '../audit/record'
import type { Context } from '../context'
import { inOrganization } from '../in-organization'
import { findTrustIn } from './find-trust'
import { requireTrustRank } from './require-trust-rank'

/**
 * Lets logins by a frozen trust be accepted again. The id of the name is forgotten; the next token that the trust accepts sets it.
 * @throws AppError `not-found` (no such trust, or it is not frozen), `forbidden` (rank)
 */
export async function liftFreeze(ctx: Context, trustId: string, { reason }: { reason: string }): Promise<void> {
  await inOrganization(ctx, 'write', async (tx, ctx) => {
    const trust = await findTrustIn(tx, ctx.organizationId, { id: trustId })
    await requireTrustRank(tx, ctx, { before: trust, draft: trust })
    const freeze = await tx.trustFreeze.findUnique({ where: { trustId: trust.id } })
    if (!freeze || freeze.liftedAt !== null) throw notFound('This trust is not frozen.')
    const { nameHash, claim, idClaim, name, before, after, at } = freeze
    await tx.trustFreeze.update({ where: { trustId: trust.id }, data: { liftedAt: ctx.now() } })
    await tx.trustName.deleteMany({ where: { trustId: trust.id, nameHash } })
    await record(tx, ctx, {
      action: 'trust.freeze-lifted',
      target: { kind: 'trust', id: trust.id, name: trust.name },
      before: { claim, idClaim, name, before, after, at },
      reason,
    })
  })
}
