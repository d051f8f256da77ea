import { notFound } from '@/lib/errors'
import { isId } from '@/lib/ids'
import { record } from '../audit/record'
import type { Context } from '../context'
import { inOrganization } from '../in-organization'

/** Removes a decoy token: it opens nothing still, and its use is an incident no more. @throws AppError `not-found` */
export async function removeDecoyToken(ctx: Context, id: string): Promise<void> {
  await inOrganization(ctx, 'administer', async (tx, ctx) => {
    const { organizationId } = ctx
    const before = isId(id) ? await tx.decoyToken.findFirst({ where: { id, organizationId } }) : null
    if (!before) throw notFound('There is no decoy token with that id.')
    await tx.decoyToken.delete({ where: { id } })
    const { identityId, name, place, expiresAt } = before
    await record(tx, ctx, {
      action: 'decoy-token.removed',
      target: { kind: 'decoy-token', id, name },
      before: { identityId, name, place, expiresAt },
    })
  })
}
