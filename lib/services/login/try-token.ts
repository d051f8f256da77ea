import { inTransaction } from '@/lib/db/transaction'
import type { Verdict } from '@/lib/trust/engine/verdict'
import type { Trust } from '@/lib/trust/trust'
import { requireAccess } from '../access'
import type { Context } from '../context'
import { judge } from './judge'
import { recordDecision } from './record-decision'

/**
 * Judges a token against a trust of the actor's organization and issues nothing. The verdict is kept under the request's id
 * with the method `test`, so that it is not mistaken for a login.
 */
export async function tryToken(ctx: Context, trust: Trust, token: string): Promise<Verdict> {
  const { organizationId } = requireAccess(ctx, 'read')
  const verdict = await judge(ctx, trust, token)
  await inTransaction(ctx, (tx) =>
    recordDecision(tx, ctx, { organizationId, identity: null, trust, method: 'test', token, verdict }),
  )
  return verdict
}
