import type { Identity } from '@/lib/db/identity-row'
import { AppError } from '@/lib/errors'
import { requireRank } from '../access'
import { record } from '../audit/record'
import type { Context } from '../context'
import { inOrganization } from '../in-organization'
import { endAllResetLinks } from '../people/password-reset'
import { deleteIdentityRow } from '../trust/trust-rows'
import { findIdentityIn } from './get-identity'

/** Removes an identity with its methods and tokens, which stop working at once. @throws AppError `rule` if protected */
export async function removeIdentity(ctx: Context, id: string): Promise<Identity> {
  return inOrganization(ctx, 'write', async (tx, ctx) => {
    const before = await findIdentityIn(tx, ctx.organizationId, id)
    requireRank(ctx, before.role, 'delete an identity')
    if (before.hasDeleteProtection) {
      throw new AppError('rule', `"${before.name}" is protected from deletion. Switch the protection off first.`)
    }
    if (before.role === 'admin') await endAllResetLinks(tx, ctx.organizationId)
    await deleteIdentityRow(tx, id)
    await record(tx, ctx, { action: 'identity.deleted', target: { kind: 'identity', id, name: before.name }, before })
    return before
  })
}
