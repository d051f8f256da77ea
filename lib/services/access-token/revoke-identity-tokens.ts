import { requireRank } from '../access'
import { record, recordNothing } from '../audit/record'
import type { Context } from '../context'
import { findIdentityIn } from '../identity/get-identity'
import { inOrganization } from '../in-organization'
import { endTokens } from './end-tokens'

/**
 * Ends every live access token of an identity; its trusts stay, so it may log in again. Gives their number.
 * @throws AppError `not-found`, `forbidden` (rank)
 */
export async function revokeIdentityTokens(ctx: Context, identityId: string): Promise<number> {
  return inOrganization(ctx, 'write', async (tx, ctx) => {
    const { organizationId } = ctx
    const { id, name, role } = await findIdentityIn(tx, organizationId, identityId)
    requireRank(ctx, role, 'revoke tokens of an identity')
    const revoked = await endTokens(tx, ctx, { organizationId, identityId: id })
    if (revoked === 0) recordNothing(ctx)
    else {
      const target = { kind: 'identity', id, name }
      await record(tx, ctx, { action: 'access-token.all-revoked', target, after: { revoked } })
    }
    return revoked
  })
}
