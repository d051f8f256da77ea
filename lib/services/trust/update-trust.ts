import type { z } from 'zod'
import { toTrust, toTrustColumns } from '@/lib/db/trust-row'
import { AppError } from '@/lib/errors'
import { type Trust, TrustDraft } from '@/lib/trust/trust'
import { requireAccess } from '../access'
import { record } from '../audit/record'
import { type Context, inTransaction } from '../context'
import { findTrustIn, type TrustKey } from './find-trust'
import { requireSoundPolicy } from './require-sound-policy'
import { requireTrustRank } from './require-trust-rank'

/**
 * Changes a trust. `change` makes the new draft from the stored one, so what a caller does not mention is kept; it runs
 * again if another change came between, so no change is lost.
 * @param versionExpected the version the caller read; null = whatever is stored
 * @throws AppError `not-found`, `forbidden` (rank), `rule` (unsound), `precondition` (another version is stored)
 */
export async function updateTrust(
  ctx: Context,
  key: TrustKey,
  change: (before: Trust) => z.input<typeof TrustDraft>,
  versionExpected: number | null = null,
): Promise<Trust> {
  const { organizationId } = requireAccess(ctx, 'write')
  for (let attempt = 1; ; attempt++) {
    const before = await findTrustIn(ctx.db, organizationId, key)
    if (versionExpected !== null && before.version !== versionExpected) throw changedMeanwhile(before.version)
    const draft = TrustDraft.parse(change(before))
    await requireSoundPolicy(draft)
    const after = await inTransaction(ctx, async (tx) => {
      await requireTrustRank(tx, ctx, organizationId, draft.identityId)
      const { count } = await tx.trust.updateMany({
        where: { id: before.id, organizationId, version: before.version },
        data: { ...toTrustColumns(draft), version: before.version + 1, updatedAt: ctx.now() },
      })
      if (count === 0) return null
      const trust = toTrust(await tx.trust.findUniqueOrThrow({ where: { id: before.id } }))
      await record(tx, ctx, {
        action: 'trust.updated',
        target: { kind: 'trust', id: trust.id, name: trust.name },
        before,
        after: trust,
      })
      return trust
    })
    if (after) return after
    if (attempt === 10) throw changedMeanwhile(null)
  }
}

const changedMeanwhile = (version: number | null) =>
  new AppError(
    'precondition',
    `Somebody changed this trust since you read it${version === null ? '' : ` (it is at version ${version} now)`}. Read it again and repeat your change.`,
    { reason: 'version_differs' },
  )
