import type { z } from 'zod'
import { type Identity, identityInclude, toIdentity } from '@/lib/db/identity-row'
import { AppError } from '@/lib/errors'
import { IdentityPatch } from '@/lib/model/identity'
import { isAbove } from '@/lib/trust/role'
import { requireAccess, requireRank } from '../access'
import { endTokens } from '../access-token/end-tokens'
import { record } from '../audit/record'
import type { Context } from '../context'
import { inOrganization } from '../in-organization'
import { endTokensAbove } from '../people/end-tokens-above'
import { endAllResetLinks } from '../people/password-reset'
import { judgeAgain } from '../posture/judge-again'
import { requireControl } from '../trust/control'
import { findIdentityIn } from './get-identity'

/**
 * Changes what is given and keeps the rest. A role that is raised ends the access tokens from before: who held one of the lower
 * role must not hold one of the higher. One that is lowered ends those above it that the identity had issued. An identity that becomes a canary
 * opens nothing: its access tokens end.
 * @param takeOver whether the actor answers for trusts that were last changed by an actor below the new role
 * @throws AppError `not-found`, `forbidden` (rank; a canary without the role admin), `rule` (a trust is to be taken over first; decoy
 * tokens name it)
 */
export async function updateIdentity(
  ctx: Context,
  id: string,
  input: z.input<typeof IdentityPatch>,
  { takeOver = false }: { takeOver?: boolean | undefined } = {},
): Promise<Identity> {
  requireAccess(ctx, 'write')
  const { metadata, ...columns } = IdentityPatch.parse(input)
  return inOrganization(ctx, 'write', async (tx, ctx) => {
    const before = await findIdentityIn(tx, ctx.organizationId, id)
    requireRank(ctx, before.role, 'change an identity')
    if (columns.role) requireRank(ctx, columns.role, 'make an identity one')
    const isMarked = columns.isCanary !== undefined && columns.isCanary !== before.isCanary
    const isMoved = columns.canaryPlace !== undefined && columns.canaryPlace !== before.canaryPlace
    if (isMarked || isMoved) requireAccess(ctx, 'administer')
    if (isMarked && before.isCanary && (await tx.decoyToken.count({ where: { identityId: id } })) > 0) {
      const message = 'This identity has decoy tokens. Remove them before it stops being a canary.'
      throw new AppError('rule', message, { reason: 'has_decoy_tokens' })
    }
    const raised = columns.role && isAbove(columns.role, before.role) ? columns.role : null
    const after = toIdentity(
      await tx.identity.update({
        where: { id },
        data: { ...columns, updatedAt: ctx.now(), ...(metadata ? { metadata: JSON.stringify(metadata) } : {}) },
        include: identityInclude,
      }),
    )
    // After the identity's own row, which a login under way takes first: its token is ended here, or it sees the change.
    if (raised) await requireControl(tx, ctx, { trusts: { identityId: id }, role: raised, takeOver })
    if (isMarked) await judgeAgain(tx, ctx.organizationId, id)
    const isLowered = isAbove(before.role, after.role)
    const tokensEnded = isLowered ? await endTokensAbove(tx, ctx, id, after.role) : 0
    const ended =
      raised || (isMarked && after.isCanary)
        ? { tokensEnded: await endTokens(tx, ctx, { identityId: id }) }
        : tokensEnded > 0
          ? { tokensEnded }
          : {}
    if (before.role === 'admin' && after.role !== 'admin') await endAllResetLinks(tx, ctx.organizationId)
    await record(tx, ctx, {
      action: 'identity.updated',
      target: { kind: 'identity', id, name: after.name },
      before,
      after: { ...after, ...ended },
    })
    return after
  })
}
