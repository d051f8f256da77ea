import type { z } from 'zod'
import type { Tx } from '@/lib/db/client'
import { isTaken } from '@/lib/db/transaction'
import { toTrust, toTrustColumns } from '@/lib/db/trust-row'
import { AppError } from '@/lib/errors'
import { newId } from '@/lib/ids'
import { definitionOf } from '@/lib/trust/kinds'
import { toPublished } from '@/lib/trust/published-trust'
import { type Trust, TrustDraft } from '@/lib/trust/trust'
import { requireAccess } from '../access'
import { record } from '../audit/record'
import type { Context } from '../context'
import { inOrganization } from '../in-organization'
import { controlColumns } from './control'
import { type Justification, judgeChange } from './judge-change'
import { nextSequence } from './next-sequence'
import { requireProjectOf } from './project'
import { requireFew } from './require-few'
import { requireSound } from './require-sound'
import { requireTrustRank } from './require-trust-rank'
import { insertTrust } from './trust-rows'

/**
 * Makes a trust. A trust of an identity takes that identity's place for its method: one jwt, one oidc. A trust
 * without an identity is the organization's only one for its issuer.
 * @param guard throws, in the transaction, where this trust must not be made
 * @param justification what the caller says of findings for which a trust is not enabled; see `judgeChange`
 * @throws AppError `not-found` (identity), `forbidden` (rank), `rule` (unsound, unjustified, or already there), `conflict` (issuer)
 */
export async function createTrust(
  ctx: Context,
  input: z.input<typeof TrustDraft>,
  { guard, justification }: { guard?: Guard | undefined; justification?: Justification } = {},
): Promise<Trust> {
  const { organizationId } = requireAccess(ctx, 'write')
  const draft = TrustDraft.parse(input)
  // Asked again in the transaction; here, so that who may not make a trust is not told what it lacks.
  await requireTrustRank(ctx.db, { ...ctx, organizationId }, { before: null, draft })
  await requireSound(draft)
  const note = await judgeChange(ctx, { before: null, draft }, justification)
  return inOrganization(ctx, 'write', async (tx, ctx) => {
    const { organizationId } = ctx
    await requireTrustRank(tx, ctx, { before: null, draft })
    await requireFew(tx, organizationId, draft.kind)
    const sequence = await nextSequence(tx, organizationId)
    await guard?.(tx, draft)
    const projectId = await requireProjectOf(tx, ctx, organizationId, draft)
    const trust = toTrust(
      await insertTrust(
        tx,
        {
          id: newId(),
          organizationId,
          projectId,
          ...toTrustColumns(draft),
          ...controlColumns(ctx),
          sequence,
          createdAt: ctx.now(),
          updatedAt: ctx.now(),
        },
        ctx,
      ).catch((error) => {
        throw isTaken(error) ? alreadyThere(draft) : error
      }),
    )
    await record(tx, ctx, {
      action: 'trust.created',
      target: { kind: 'trust', id: trust.id, name: trust.name },
      after: toPublished(trust),
      ...note,
    })
    return trust
  })
}

/** Throws where a trust must not be stored. */
export type Guard = (tx: Tx, draft: TrustDraft) => Promise<void>

function alreadyThere({ kind: trustKind }: TrustDraft) {
  const { kind, message, reason } = definitionOf(trustKind).exists
  return new AppError(kind, message, { reason })
}
