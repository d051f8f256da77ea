import type { Tx } from '@/lib/db/client'
import { toPublished } from '@/lib/trust/published-trust'
import type { Trust } from '@/lib/trust/trust'
import { record } from '../audit/record'
import type { Context } from '../context'
import { inOrganization, type Managing } from '../in-organization'
import { findTrustIn, type TrustKey } from './find-trust'
import { nextSequence } from './next-sequence'
import { requireChangeable } from './require-changeable'
import { requireTrustRank } from './require-trust-rank'
import { deleteTrust } from './trust-rows'

/**
 * Removes a trust and every access token bought through it, at once. Answers it as it was, with the number of its removal.
 * @param guard throws where this trust must not be removed
 * @throws AppError `not-found`, `forbidden` (rank, static)
 */
export async function removeTrust(ctx: Context, key: TrustKey, guard?: (before: Trust) => void): Promise<Trust> {
  return inOrganization(ctx, 'write', (tx, ctx) => removeTrustIn(tx, ctx, key, guard))
}

/** The same as part of another act. */
export async function removeTrustIn(
  tx: Tx,
  ctx: Managing,
  key: TrustKey,
  guard?: (before: Trust) => void,
): Promise<Trust> {
  const { organizationId } = ctx
  const before = requireChangeable(await findTrustIn(tx, organizationId, key))
  guard?.(before)
  await requireTrustRank(tx, ctx, { before, draft: before })
  const tokensEnded = await tx.accessToken.count({ where: { trustId: before.id, revokedAt: null } })
  await deleteTrust(tx, before.id)
  // After the trust's own row, as an update does it: two that wait for each other would both be undone.
  const sequence = await nextSequence(tx, organizationId)
  await record(tx, ctx, {
    action: 'trust.deleted',
    target: { kind: 'trust', id: before.id, name: before.name },
    before: toPublished(before),
    after: { tokensEnded },
  })
  return { ...before, sequence }
}
