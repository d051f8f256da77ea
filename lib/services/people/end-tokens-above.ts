import type { Tx } from '@/lib/db/client'
import { isAbove, type Role, roles } from '@/lib/trust/role'
import { endTokens } from '../access-token/end-tokens'
import type { Managing } from '../in-organization'
import { inParts } from '../in-parts'
import { controlledBy, liveTokens } from './controlled-by'

/**
 * Ends access tokens for a role above `role` that were issued by a person or an identity, or by an identity under their control,
 * who may have kept a copy. Returns their number.
 */
export async function endTokensAbove(tx: Tx, ctx: Managing, actorId: string, role: Role): Promise<number> {
  const { identityIds } = await controlledBy(tx, ctx, ctx.organizationId, actorId)
  const above = { identity: { role: { in: roles.filter((one) => isAbove(one, role)) } } }
  return endTokensIssuedBy(tx, ctx, [actorId, ...identityIds], above)
}

/** Ends the access tokens that these actors had issued. Gives their number. */
export async function endTokensIssuedBy(tx: Tx, ctx: Managing, actorIds: readonly string[], which = {}) {
  const live = liveTokens(ctx, ctx.organizationId)
  let count = 0
  for (const ids of inParts(actorIds)) count += await endTokens(tx, ctx, { ...live, ...which, issuedById: { in: ids } })
  return count
}

/** Ends the access tokens that identities hold, or that were issued through trusts. Gives their number. */
export async function endTokensHeld(
  tx: Tx,
  ctx: Managing,
  by: { identityIds: readonly string[]; trustIds: readonly string[] },
) {
  const live = liveTokens(ctx, ctx.organizationId)
  let count = 0
  for (const ids of inParts(by.identityIds)) count += await endTokens(tx, ctx, { ...live, identityId: { in: ids } })
  for (const ids of inParts(by.trustIds)) count += await endTokens(tx, ctx, { ...live, trustId: { in: ids } })
  return count
}
