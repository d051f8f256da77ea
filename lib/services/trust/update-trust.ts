import type { z } from 'zod'
import type { Tx } from '@/lib/db/client'
import { toTrust, toTrustColumns } from '@/lib/db/trust-row'
import { AppError } from '@/lib/errors'
import { toPublished } from '@/lib/trust/published-trust'
import { type Trust, TrustDraft } from '@/lib/trust/trust'
import { record } from '../audit/record'
import type { Context } from '../context'
import { inOrganization } from '../in-organization'
import { controlColumns, decidesAnew } from './control'
import { findTrustIn, type TrustKey } from './find-trust'
import { nextSequence } from './next-sequence'
import { requireProjectOf } from './project'
import { requireChangeable } from './require-changeable'
import { requireReplaced } from './require-replaced'
import { requireSound } from './require-sound'
import { requireTrustRank } from './require-trust-rank'
import { changeTrust } from './trust-rows'

/**
 * Changes a trust. `change` makes the new draft from the stored one, so what a caller does not mention is kept, and no
 * change is lost when several come at once.
 * @param versionExpected the version the caller read; null = whatever is stored
 * @param guard throws, in the transaction, where this change must not be made
 * @throws AppError `not-found`, `forbidden` (rank, static), `rule` (unsound), `precondition` (another version is stored)
 */
export async function updateTrust(
  ctx: Context,
  key: TrustKey,
  change: (before: Trust) => z.input<typeof TrustDraft>,
  versionExpected: number | null = null,
  guard?: (tx: Tx, draft: TrustDraft) => Promise<void>,
): Promise<Trust> {
  return inOrganization(ctx, 'write', async (tx, ctx) => {
    const { organizationId } = ctx
    const before = requireChangeable(await findTrustIn(tx, organizationId, key))
    if (versionExpected !== null && before.version !== versionExpected) throw changedMeanwhile(before.version)
    const draft = TrustDraft.parse(change(before))
    if (before.unreadable) requireReplaced(before, draft, change)
    await requireSound(draft)
    await requireTrustRank(tx, ctx, { before, draft })
    const sequence = await nextSequence(tx, organizationId)
    await guard?.(tx, draft)
    const projectId = await requireProjectOf(tx, ctx, organizationId, draft)
    const control = decidesAnew(before, draft) ? controlColumns(ctx) : {}
    const trust = toTrust(
      await changeTrust(tx, before.id, {
        ...toTrustColumns(draft),
        ...control,
        projectId,
        version: before.version + 1,
        sequence,
        updatedAt: ctx.now(),
      }),
    )
    await record(tx, ctx, {
      action: 'trust.updated',
      target: { kind: 'trust', id: trust.id, name: trust.name },
      before: toPublished(before),
      after: toPublished(trust),
    })
    return trust
  })
}

const changedMeanwhile = (version: number) =>
  new AppError(
    'precondition',
    `This trust was changed since you read it (it is at version ${version} now). Read it again and repeat your change.`,
    { reason: 'version_differs' },
  )
