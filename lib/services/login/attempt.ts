import type { Tx } from '@/lib/db/client'
import { inTransaction, isTaken } from '@/lib/db/transaction'
import { AppError } from '@/lib/errors'
import type { Check, Verdict } from '@/lib/trust/engine/verdict'
import { type Kind, shownVerdict } from '@/lib/trust/kinds'
import type { Trust } from '@/lib/trust/trust'
import type { Context } from '../context'
import { countedLogin } from './counted-login'
import { underAddressLimit, underIdentityLimit } from './failed-logins'
import { judge } from './judge'
import type { DecisionInput } from './record-decision'

/** The trust that judges a token, and the identity under which the decision is recorded. */
export type Found = Pick<DecisionInput, 'organizationId' | 'identity' | 'token'> & { trust: Trust | null }

/** The result of a login. A refusal is an answer: `check` says why, and the decision is kept under the request's id. */
export type Outcome = { accepted: true } | { accepted: false; check: Check }

export type Login<F extends Found, Settled extends Outcome, V = Verdict> = {
  kind: Kind
  /** What refusals are limited by besides the address: known in advance or once found; null = not limited. */
  limitedBy: string | ((found: F) => string) | null
  /** Reads what to judge by. Called again, with what it found before, when the trust was changed in the meantime. */
  find(previous?: F): Promise<F>
  judge(found: F): Promise<V>
  /** Makes the result durable: all of it, or none. @throws TrustChanged if the trust is not what the token was judged by */
  settle(found: F, verdict: V): Promise<Settled>
}

/** How often a token is judged again because its trust was changed in the meantime. */
const roundsMax = 10

/**
 * The pipeline of every login: limit, find, judge, settle, count.
 * @throws AppError `too-many`; `unavailable` where the trust is changed again and again; and what the parts throw
 */
export function attempt<F extends Found, Settled extends Outcome, V = Verdict>(
  ctx: Context,
  login: Login<F, Settled, V>,
) {
  const { kind, limitedBy, find } = login
  const finish = async () => settleFound(login, await find())
  const limited = async () => {
    if (typeof limitedBy !== 'function') return underIdentityLimit(ctx.ip, limitedBy ?? '', finish)
    const found = await find()
    return underIdentityLimit(ctx.ip, limitedBy(found), () => settleFound(login, found))
  }
  return countedLogin(kind, () => (limitedBy === null ? finish() : underAddressLimit(ctx.ip, limited)))
}

async function settleFound<F extends Found, Settled extends Outcome, V>(login: Login<F, Settled, V>, first: F) {
  let found = first
  for (let round = 1; ; round++) {
    try {
      return await login.settle(found, await login.judge(found))
    } catch (error) {
      if (!(error instanceof TrustChanged)) throw error
    }
    if (round >= roundsMax) throw new AppError('unavailable', 'The trust is being changed.', { retryAfterSeconds: 1 })
    found = await login.find(found)
  }
}

/** The verdict on a login by a trust, as its kind shows it; records which of the trust's keys are in use. */
export async function judgeLogin(ctx: Context, trust: Trust, token: string): Promise<Verdict> {
  const verdict = shownVerdict(trust.kind, await judge(ctx, trust, token))
  ctx.keySourceRecorder.judged(trust, verdict)
  return verdict
}

/** The trust is no longer what the token was judged by, so nothing was written and the token is judged again. */
export class TrustChanged extends Error {}

/**
 * Rolls a transaction back unless the trust is still the one that judged the token. Call it after taking locks, and before writing.
 * @throws TrustChanged
 */
export async function requireUnchanged(tx: Pick<Tx, 'trust'>, { id, version }: Pick<Trust, 'id' | 'version'>) {
  if ((await tx.trust.count({ where: { id, version } })) !== 1) throw new TrustChanged()
}

/** Runs `settle` in one transaction, and again from its start when another login added the same row first. */
export async function settleInTransaction<Settled>(
  ctx: Context,
  settle: (tx: Tx) => Promise<Settled>,
): Promise<Settled> {
  for (let time = 1; ; time++) {
    try {
      return await inTransaction(ctx, settle)
    } catch (error) {
      if (time >= 3 || !isTaken(error)) throw error
    }
  }
}
