import type { z } from 'zod'
import type { Tx } from '@/lib/db/client'
import { toTrust, toTrustColumns } from '@/lib/db/trust-row'
import { AppError } from '@/lib/errors'
import { newId } from '@/lib/ids'
import { type Trust, TrustDraft } from '@/lib/trust/trust'
import { requireAccess } from '../access'
import { record } from '../audit/record'
import { type Context, isTaken } from '../context'
import { inOrganization } from '../in-organization'
import { requireFewProviders } from '../sign-in/list-sign-in-trusts'
import { controlColumns } from './control'
import { nextSequence } from './next-sequence'
import { requireProject } from './project'
import { requireSoundPolicy } from './require-sound-policy'
import { requireTrustRank } from './require-trust-rank'
import { insertTrust } from './trust-rows'

/**
 * Makes a trust. A trust of an identity takes that identity's place for its method: one jwt, one oidc. One that stands
 * alone is the organization's only one for its issuer.
 * @param project label of the project it stands under; made if need be
 * @param guard throws, in the transaction, where this trust must not be made
 * @throws AppError `not-found` (identity), `forbidden` (rank), `rule` (unsound, or already there), `conflict` (issuer)
 */
export async function createTrust(
  ctx: Context,
  input: z.input<typeof TrustDraft>,
  project: string | null = null,
  guard?: (tx: Tx, draft: TrustDraft) => Promise<void>,
): Promise<Trust> {
  requireAccess(ctx, 'write')
  const draft = TrustDraft.parse(input)
  await requireSoundPolicy(draft)
  return inOrganization(ctx, 'write', async (tx, ctx) => {
    const { organizationId } = ctx
    await requireTrustRank(tx, ctx, { before: null, draft })
    await requireFewProviders(tx, organizationId, draft)
    const sequence = await nextSequence(tx, organizationId)
    await guard?.(tx, draft)
    const projectId = project === null ? null : await requireProject(tx, ctx, organizationId, project)
    const trust = toTrust(
      await insertTrust(tx, {
        id: newId(),
        organizationId,
        projectId,
        ...toTrustColumns(draft),
        ...controlColumns(ctx),
        sequence,
        createdAt: ctx.now(),
        updatedAt: ctx.now(),
      }).catch((error) => {
        throw isTaken(error) ? alreadyThere(draft) : error
      }),
    )
    await record(tx, ctx, {
      action: 'trust.created',
      target: { kind: 'trust', id: trust.id, name: trust.name },
      after: trust,
    })
    return trust
  })
}

const alreadyThere = (draft: TrustDraft) => (draft.method === 'issuer' ? issuerExists() : methodExists(draft))

const issuerExists = () =>
  new AppError('conflict', 'This organization has an issuer of that name already.', {
    reason: 'issuer_exists',
  })

const methodExists = (draft: TrustDraft) =>
  new AppError('rule', `This identity has ${draft.method.toUpperCase()} Auth already. Update it instead.`, {
    reason: 'already_attached',
  })
