import type { z } from 'zod'
import { type Identity, identityInclude, toIdentity } from '@/lib/db/identity-row'
import { newId } from '@/lib/ids'
import { IdentityInput } from '@/lib/model/identity'
import { requireAccess, requireActor, requireRank } from '../access'
import { record } from '../audit/record'
import type { Context } from '../context'
import { inOrganization } from '../in-organization'

/** Makes a machine identity. @throws AppError `forbidden` for a role above the actor's own, and for a canary without the role admin */
export async function createIdentity(ctx: Context, input: z.input<typeof IdentityInput>): Promise<Identity> {
  requireAccess(ctx, 'write')
  const { metadata, ...columns } = IdentityInput.parse(input)
  return inOrganization(ctx, 'write', async (tx, ctx) => {
    if (columns.isCanary || columns.canaryPlace !== '') requireAccess(ctx, 'administer')
    requireRank(ctx, columns.role, 'create an identity')
    const identity = toIdentity(
      await tx.identity.create({
        data: {
          id: newId(),
          organizationId: ctx.organizationId,
          ...columns,
          createdById: requireActor(ctx).id,
          metadata: JSON.stringify(metadata),
          createdAt: ctx.now(),
          updatedAt: ctx.now(),
        },
        include: identityInclude,
      }),
    )
    await record(tx, ctx, {
      action: 'identity.created',
      target: { kind: 'identity', id: identity.id, name: identity.name },
      after: identity,
    })
    return identity
  })
}
