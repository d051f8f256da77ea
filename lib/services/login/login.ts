import { AppError } from '@/lib/errors'
import { toPlainJson } from '@/lib/trust/json'
import type { Method, Trust } from '@/lib/trust/trust'
import type { Check, Verdict } from '@/lib/trust/verdict'
import { verify } from '@/lib/trust/verify'
import { type IssuedToken, issueAccessToken } from '../access-token/issue-access-token'
import { type Context, inTransaction } from '../context'
import { countLogin, countVerification } from '../metrics/metrics'
import { countRefusal, requireFewRefusals } from './failed-logins'
import { parsedTrust } from './parsed-trusts'
import { recordDecision } from './record-decision'

/** What a login came to. A refusal is an answer: `check` says why, and the decision is kept under the request's id. */
export type LoginOutcome = { accepted: true; issued: IssuedToken } | { accepted: false; check: Check }

export type LoginInput = { identityId: string; token: string; method: Method }

/**
 * Judges a token against an identity's trust and, if it is accepted, issues an access token. One read, one transaction.
 * An identity that does not exist and one that has not this method get the same answer, after the same work.
 * @throws AppError `too-many`
 */
export async function login(ctx: Context, input: LoginInput): Promise<LoginOutcome> {
  const { method } = input
  const seconds = stopwatch()
  try {
    const outcome = await attempt(ctx, input)
    const reason = outcome.accepted ? '' : (outcome.check.reason ?? outcome.check.id)
    countLogin({ method, result: outcome.accepted ? 'accepted' : 'refused', reason, seconds: seconds() })
    return outcome
  } catch (error) {
    const reason = error instanceof AppError ? error.kind : 'unexpected'
    countLogin({ method, result: 'error', reason, seconds: seconds() })
    throw error
  }
}

async function attempt(ctx: Context, { identityId, token, method }: LoginInput): Promise<LoginOutcome> {
  await requireFewRefusals(ctx.ip, identityId)
  const identity = await ctx.db.identity.findUnique({
    where: { id: identityId },
    include: { trusts: { where: { method, enabled: true } } },
  })
  const [row] = identity?.trusts ?? []
  const trust = row ? parsedTrust(row) : null
  const verdict = trust ? await judge(ctx, trust, token) : notConfigured
  const decision = {
    organizationId: identity?.organizationId ?? null,
    identity: { id: identityId, name: identity?.name ?? null },
    trust,
    method,
    token,
    verdict,
  }
  if (!trust || !verdict.accepted) {
    await inTransaction(ctx, (tx) => recordDecision(tx, ctx, decision))
    await countRefusal(ctx.ip, identityId)
    return { accepted: false, check: verdict.decisive ?? methodNotConfigured }
  }
  const { organizationId, grant } = trust
  const { issued, store } = await issueAccessToken(ctx, {
    organizationId,
    identityId,
    method,
    grant,
    trustId: trust.id,
    more: metadataClaims(verdict),
  })
  await inTransaction(ctx, async (tx) => {
    await store(tx)
    await recordDecision(tx, ctx, { ...decision, accessTokenId: issued.id })
    await tx.identity.update({ where: { id: identityId }, data: { lastLoginMethod: method, lastLoginAt: ctx.now() } })
  })
  return { accepted: true, issued }
}

async function judge(ctx: Context, trust: Trust, token: string): Promise<Verdict> {
  const seconds = stopwatch()
  const verdict = await verify({
    token,
    trust,
    keys: (source, wanted) => ctx.keys.get(source, wanted),
    now: ctx.now().getTime() / 1000,
    ip: ctx.ip,
  })
  countVerification(trust.method, seconds())
  ctx.ledger.judged(trust, verdict)
  return verdict
}

function stopwatch(): () => number {
  const startedMs = performance.now()
  return () => (performance.now() - startedMs) / 1000
}

/** What the trust carries on into the access token, under one member, so that it can never pass for a claim of ours. */
function metadataClaims({ grant }: Verdict): Record<string, unknown> {
  if (!grant || Object.keys(grant.metadata).length === 0) return {}
  return { metadata: toPlainJson(grant.metadata) }
}

/** Not one of the engine's checks: there was no trust to judge by. */
export const methodNotConfigured: Check = {
  id: 'method',
  status: 'fail',
  title: 'Method',
  message: 'This login method is not set up on that identity, or there is no such identity.',
  reason: 'method_not_configured',
  trusted: false,
}

const notConfigured: Verdict = {
  accepted: false,
  decisive: methodNotConfigured,
  checks: [],
  header: null,
  claims: null,
  key: null,
  grant: null,
}
