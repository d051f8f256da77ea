import type { z } from 'zod'
import { type Identity, identityInclude, toIdentity } from '@/lib/db/identity-row'
import { IdentityPatch } from '@/lib/trust/identity'
import { requireAccess, requireRank } from '../access'
import { record } from '../audit/record'
import type { Context } from '../context'
import { inOrganization } from '../in-organization'
import { findIdentityIn } from './get-identity'

/** Changes what is given and keeps the rest. @throws AppError `not-found`, `forbidden` (rank) */
export async function updateIdentity(
  ctx: Context,
  id: string,
  input: z.input<typeof IdentityPatch>,
): Promise<Identity> {
  requireAccess(ctx, 'write')
  const { metadata, ...columns } = IdentityPatch.parse(input)
  return inOrganization(ctx, 'write', async (tx, ctx) => {
    const before = await findIdentityIn(tx, ctx.organizationId, id)
    requireRank(ctx, before.role, 'change an identity')
    if (columns.role) requireRank(ctx, columns.role, 'make an identity one')
    const after = toIdentity(
      await tx.identity.update({
        where: { id },
        data: { ...columns, updatedAt: ctx.now(), ...(metadata ? { metadata: JSON.stringify(metadata) } : {}) },
        include: identityInclude,
      }),
    )
    await record(tx, ctx, {
      action: 'identity.updated',
      target: { kind: 'identity', id, name: after.name },
      before,
      after,
    })
    return after
  })
}
