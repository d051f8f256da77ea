import type { z } from 'zod'
import { type Identity, identityInclude, toIdentity } from '@/lib/db/identity-row'
import { newId } from '@/lib/ids'
import { IdentityInput } from '@/lib/trust/identity'
import { requireAccess, requireRank } from '../access'
import { record } from '../audit/record'
import { type Context, inTransaction } from '../context'

/** Makes a machine identity. @throws AppError `forbidden` for a role above the actor's own */
export async function createIdentity(ctx: Context, input: z.input<typeof IdentityInput>): Promise<Identity> {
  const { organizationId } = requireAccess(ctx, 'write')
  const { metadata, ...columns } = IdentityInput.parse(input)
  requireRank(ctx, columns.role, 'create an identity')
  return inTransaction(ctx, async (tx) => {
    const identity = toIdentity(
      await tx.identity.create({
        data: {
          id: newId(),
          organizationId,
          ...columns,
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
