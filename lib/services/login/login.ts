import { AppError } from '@/lib/errors'
import type { Check, Verdict } from '@/lib/trust/engine/verdict'
import type { JsonObject } from '@/lib/trust/json/json'
import type { Kind } from '@/lib/trust/kinds'
import { type IssuedToken, issueAccessToken } from '../access-token/issue-access-token'
import { type Context, inTransaction } from '../context'
import { countedLogin } from './counted-login'
import { underAddressLimit, underIdentityLimit } from './failed-logins'
import { isUnchanged } from './is-unchanged'
import { judge } from './judge'
import { parsedTrust } from './parsed-trusts'
import { type DecisionInput, recordDecision } from './record-decision'

/** What a login came to. A refusal is an answer: `check` says why, and the decision is kept under the request's id. */
export type LoginOutcome = { accepted: true; issued: IssuedToken } | { accepted: false; check: Check }

export type LoginInput = {
  identityId: string
  token: string
  kind: Kind
  /** The organization the caller means; undefined = whichever the identity belongs to. */
  organizationSlug?: string | undefined
}

/**
 * Judges a token against an identity's trust and, if it is accepted, issues an access token. One read, one transaction.
 * An identity that does not exist, one of another organization and one that has not this method get the same answer, after
 * the same work.
 * @throws AppError `too-many`
 */
export function login(ctx: Context, input: LoginInput): Promise<LoginOutcome> {
  const limited = () => underIdentityLimit(ctx.ip, input.identityId, () => attempt(ctx, input))
  return countedLogin(input.kind, () => underAddressLimit(ctx.ip, limited))
}

async function attempt(ctx: Context, input: LoginInput): Promise<LoginOutcome> {
  const { identityId, token, kind, organizationSlug } = input
  const identity = await ctx.db.identity.findUnique({
    where: { id: identityId, ...(organizationSlug ? { organization: { slug: organizationSlug } } : {}) },
    include: { trusts: { where: { kind, enabled: true } } },
  })
  const [row] = identity?.trusts ?? []
  const trust = row ? parsedTrust(row) : null
  const verdict = trust ? await judge(ctx, trust, token) : notConfigured
  if (trust) ctx.ledger.judged(trust, verdict)
  const decision = {
    organizationId: identity?.organizationId ?? null,
    identity: { id: identityId, name: identity?.name ?? null },
    trust,
    method: kind,
    token,
    verdict,
  }
  if (!trust || !verdict.accepted) return refuse(ctx, decision)
  const { organizationId, grant } = trust
  const { issued, store } = await issueAccessToken(ctx, {
    organizationId,
    identity: { id: identityId, name: identity?.name ?? '' },
    method: kind,
    grant,
    trustId: trust.id,
    kept: metadataClaims(verdict),
  })
  try {
    const isCurrent = await inTransaction(ctx, async (tx) => {
      // First of all: whoever raises the identity's role has it now, or waits, and then ends this token too.
      await tx.identity.update({ where: { id: identityId }, data: { lastLoginMethod: kind, lastLoginAt: ctx.now() } })
      if (!(await isUnchanged(tx, trust))) return false
      await store(tx)
      await recordDecision(tx, ctx, { ...decision, accessTokenId: issued.id })
      return true
    })
    if (!isCurrent) return attempt(ctx, input)
  } catch (error) {
    // The identity or its trust was removed while the token was judged.
    if (!(error instanceof AppError) || error.kind !== 'not-found') throw error
    return refuse(ctx, { ...decision, trust: null, verdict: notConfigured })
  }
  return { accepted: true, issued }
}

async function refuse(ctx: Context, decision: DecisionInput): Promise<LoginOutcome> {
  await inTransaction(ctx, (tx) => recordDecision(tx, ctx, decision))
  return { accepted: false, check: decision.verdict.decisive ?? methodNotConfigured }
}

/** What the trust carries on into the access token, under one member, so that it can never pass for a claim of ours. */
function metadataClaims({ grant }: Verdict): JsonObject {
  if (!grant || Object.keys(grant.metadata).length === 0) return {}
  return { metadata: grant.metadata }
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
