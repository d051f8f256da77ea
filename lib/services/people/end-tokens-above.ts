import type { Tx } from '@/lib/db/client'
import { isAbove, type Role, roles } from '@/lib/trust/role'
import { endTokens } from '../access-token/end-tokens'
import type { Managing } from '../in-organization'
import { holdingsIn } from './holdings'

/**
 * Ends access tokens for a role above `role` that a person or an identity, or an identity under their control, had issued: who is lowered
 * can have kept a copy. Gives their number.
 */
export async function endTokensAbove(tx: Tx, ctx: Managing, actorId: string, role: Role): Promise<number> {
  const { issued } = await holdingsIn(tx, ctx, ctx.organizationId, actorId)
  const above = roles.filter((one) => isAbove(one, role))
  return endTokens(tx, ctx, { AND: [issued, { identity: { role: { in: above } } }] })
}
