import type { AccessTokenRow } from '@/lib/db/login-store/login-rows'
import { loginStoreOf } from '@/lib/db/login-store/stores'
import { isAlarm } from '@/lib/model/alarm'
import { spanned } from '@/lib/spans'
import type { Verdict } from '@/lib/trust/engine/verdict'
import type { Context } from '../context'
import { raiseSoon } from '../incident/raise-soon'
import { type Found, TrustChanged } from './attempt'
import { prepareDecision } from './record-decision'

/**
 * Makes a login durable: its decision and, if it was accepted, the access token and the identity's last login.
 * @param token the row of the access token, if the trust accepted
 * @param decoy the decoy token that was used and how often, of uses that are recorded as refused logins
 * @returns the id of the decision's row
 * @throws TrustChanged if the trust is not the one that accepted, or it or the identity was removed; nothing was written
 */
export async function keepLogin(
  ctx: Context,
  { organizationId, identity, trust, token: sent }: Found,
  method: string,
  verdict: Verdict,
  token: AccessTokenRow | null,
  decoy?: { id: string; times: number },
): Promise<string> {
  const decision = { organizationId, identity, trust, method, token: sent, verdict }
  const { row, countInto, written } = await prepareDecision(
    ctx,
    token
      ? { ...decision, accessTokenId: token.id }
      : { ...decision, ...(decoy && { accessTokenId: decoy.id, times: decoy.times }) },
  )
  const issued = token && trust ? { token, trustVersion: trust.version } : null
  const kept = await spanned('commit', { kind: 'client' }, () =>
    loginStoreOf(ctx.db).keep({ issued, decision: row, countInto, times: decoy?.times ?? 1 }),
  )
  if (kept.state === 'changed') throw new TrustChanged()
  written(kept.countedInto)
  return kept.countedInto ?? row.id
}

/** Makes a refused login durable, and raises its alarm at once where it is one. */
export async function keepRefusal(ctx: Context, found: Found, method: string, verdict: Verdict): Promise<void> {
  const decisionId = await keepLogin(ctx, found, method, verdict, null)
  const { organizationId, identity, trust } = found
  if (organizationId !== null && isAlarm({ reason: verdict.decisive?.reason ?? '' }))
    raiseSoon(ctx, { log: organizationId, decisionId, of: identity?.id ?? trust?.id ?? '' })
}
