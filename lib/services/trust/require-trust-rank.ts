import type { Tx } from '@/lib/db/client'
import { requireRank } from '../access'
import type { Context } from '../context'
import { findIdentityIn } from '../identity/get-identity'

/**
 * Whoever may change an identity's trust can become that identity, so the actor must not be ranked below it.
 * @throws AppError `not-found`, `forbidden`
 */
export async function requireTrustRank(tx: Tx, ctx: Context, organizationId: string, identityId: string | null) {
  if (identityId === null) return
  const identity = await findIdentityIn(tx, organizationId, identityId)
  requireRank(ctx, identity.role, 'change what an identity trusts')
}
