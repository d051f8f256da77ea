import type { Tx } from '@/lib/db/client'
import type { Context } from '../context'

type Which = NonNullable<Parameters<Tx['accessToken']['updateMany']>[0]>['where']

/** Revokes every live access token that matches; they are refused from the moment this is committed. Gives their number. */
export async function endTokens(tx: Tx, ctx: Context, which: Which): Promise<number> {
  const where = { AND: [which ?? {}, { revokedAt: null, expiresAt: { gt: ctx.now() } }] }
  const { count } = await tx.accessToken.updateMany({ where, data: { revokedAt: ctx.now() } })
  return count
}
