import type { z } from 'zod'
import type { Tx } from '@/lib/db/client'
import { toTrust, toTrustColumns } from '@/lib/db/trust-row'
import { AppError } from '@/lib/errors'
import { type Trust, TrustDraft } from '@/lib/trust/trust'
import { record } from '../audit/record'
import type { Context } from '../context'
import { inOrganization } from '../in-organization'
import { controlColumns, decidesAnew } from './control'
import { findTrustIn, type TrustKey } from './find-trust'
import { nextSequence } from './next-sequence'
import { requireProject } from './project'
import { requireChangeable } from './require-changeable'
import { requireReplaced } from './require-replaced'
import { requireSoundPolicy } from './require-sound-policy'
import { requireTrustRank } from './require-trust-rank'
import { changeTrust } from './trust-rows'

/**
 * Changes a trust. `change` makes the new draft from the stored one, so what a caller does not mention is kept, and no
 * change is lost when several come at once.
 * @param versionExpected the version the caller read; null = whatever is stored
 * @param project label of the project it stands under from now on; null = where it stands
 * @param guard throws, in the transaction, where this change must not be made
 * @throws AppError `not-found`, `forbidden` (rank, static), `rule` (unsound), `precondition` (another version is stored)
 */
export async function updateTrust(
  ctx: Context,
  key: TrustKey,
  change: (before: Trust) => z.input<typeof TrustDraft>,
  versionExpected: number | null = null,
  project: string | null = null,
  guard?: (tx: Tx, draft: TrustDraft) => Promise<void>,
): Promise<Trust> {
  return inOrganization(ctx, 'write', async (tx, ctx) => {
    const { organizationId } = ctx
    const before = requireChangeable(await findTrustIn(tx, organizationId, key))
    if (versionExpected !== null && before.version !== versionExpected) throw changedMeanwhile(before.version)
    const draft = TrustDraft.parse(change(before))
    if (before.unreadable) requireReplaced(before, draft, change)
    await requireSoundPolicy(draft)
    await requireTrustRank(tx, ctx, { before, draft })
    const sequence = await nextSequence(tx, organizationId)
    await guard?.(tx, draft)
    const place = project === null ? {} : { projectId: await requireProject(tx, ctx, organizationId, project) }
    const control = decidesAnew(before, draft) ? controlColumns(ctx) : {}
    const trust = toTrust(
      await changeTrust(tx, before.id, {
        ...toTrustColumns(draft),
        ...control,
        ...place,
        version: before.version + 1,
        sequence,
        updatedAt: ctx.now(),
      }),
    )
    await record(tx, ctx, {
      action: 'trust.updated',
      target: { kind: 'trust', id: trust.id, name: trust.name },
      before,
      after: trust,
    })
    return trust
  })
}

const changedMeanwhile = (version: number) =>
  new AppError(
    'precondition',
    `Somebody changed this trust since you read it (it is at version ${version} now). Read it again and repeat your change.`,
    { reason: 'version_differs' },
  )
