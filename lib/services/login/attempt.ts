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
import { type DecisionInput, recordDecision } from './record-decision'

/** What a token is judged by, and whose login the decision is filed under. */
export type Found = Pick<DecisionInput, 'organizationId' | 'identity' | 'token'> & { trust: Trust | null }

/** The result of a login. A refusal is an answer: `check` says why, and the decision is kept under the request's id. */
export type Outcome = { accepted: true } | { accepted: false; check: Check }

/** Records the decision in the transaction of the login; `verdict` where it is no longer the one of `judge`. */
export type Decide = (more?: Partial<Pick<DecisionInput, 'verdict' | 'accessTokenId'>>) => Promise<void>

/** Writes the result of a login; runs in one transaction, and again if that lost a race. */
export type Settle<Settled> = (tx: Tx, decide: Decide) => Promise<Settled>

export type Login<F extends Found, Settled extends Outcome> = {
  kind: Kind
  /** What refusals are limited by beside the address: known beforehand or once found; null = neither is limited. */
  limitedBy: string | ((found: F) => string) | null
  /** Reads what to judge by. Called again, with what it found before, when the trust was changed in the meantime. */
  find(previous?: F): Promise<F>
  judge(found: F): Promise<Verdict>
  /** Prepares what needs no transaction, and returns what does. */
  settle(found: F, verdict: Verdict): Promise<Settle<Settled>>
  /** What is left when the identity or the trust was removed in the meantime; without it, the error is thrown. */
  withoutRemoved?(found: F): F
}

/**
 * The pipeline of every login: limit, find, judge, settle in one transaction, count.
 * @throws AppError `too-many`, and what the parts throw
 */
export function attempt<F extends Found, Settled extends Outcome>(ctx: Context, login: Login<F, Settled>) {
  const { kind, limitedBy, find } = login
  const finish = async () => settleFound(ctx, login, await find())
  const limited = async () => {
    if (typeof limitedBy !== 'function') return underIdentityLimit(ctx.ip, limitedBy ?? '', finish)
    const found = await find()
    return underIdentityLimit(ctx.ip, limitedBy(found), () => settleFound(ctx, login, found))
  }
  return countedLogin(kind, () => (limitedBy === null ? finish() : underAddressLimit(ctx.ip, limited)))
}

async function settleFound<F extends Found, Settled extends Outcome>(ctx: Context, login: Login<F, Settled>, first: F) {
  let found = first
  for (;;) {
    const verdict = await login.judge(found)
    try {
      return await inOneTransaction(ctx, login.kind, found, verdict, await login.settle(found, verdict))
    } catch (error) {
      if (error instanceof TrustChanged) found = await login.find(found)
      else if (found.trust && login.withoutRemoved && isNotFound(error)) found = login.withoutRemoved(found)
      else throw error
    }
  }
}

/** Runs again from the start when another login added the same row first. */
async function inOneTransaction<Settled>(
  ctx: Context,
  method: string,
  { organizationId, identity, trust, token }: Found,
  verdict: Verdict,
  settle: Settle<Settled>,
): Promise<Settled> {
  const decision = { organizationId, identity, trust, method, token, verdict }
  for (let time = 1; ; time++) {
    try {
      return await inTransaction(ctx, (tx) => settle(tx, (more) => recordDecision(tx, ctx, { ...decision, ...more })))
    } catch (error) {
      if (time >= 3 || !isTaken(error)) throw error
    }
  }
}

const isNotFound = (error: unknown) => error instanceof AppError && error.kind === 'not-found'

/** The verdict on a login by a trust, as its kind shows it; records which of the trust's keys are in use. */
export async function judgeLogin(ctx: Context, trust: Trust, token: string): Promise<Verdict> {
  const verdict = shownVerdict(trust.kind, await judge(ctx, trust, token))
  ctx.keySourceRecorder.judged(trust, verdict)
  return verdict
}

/**
 * Undoes the transaction, so that the token is judged again, unless the trust is still what it was judged by. Call it after
 * what the login has to hold, and before what it writes.
 */
export async function requireUnchanged(tx: Pick<Tx, 'trust'>, { id, version }: Pick<Trust, 'id' | 'version'>) {
  if ((await tx.trust.count({ where: { id, version } })) !== 1) throw new TrustChanged()
}

class TrustChanged extends Error {}
