import { AppError } from '@/lib/errors'
import { carriedBytes } from '@/lib/trust/engine/carried-claims'
import { decodeToken } from '@/lib/trust/engine/token'
import type { Check, Verdict } from '@/lib/trust/engine/verdict'
import type { JsonObject } from '@/lib/trust/json/json'
import { issuer as issuerKind } from '@/lib/trust/kinds'
import { TrustPolicy } from '@/lib/trust/policy'
import type { Trust } from '@/lib/trust/trust'
import { type IssuedToken, issueAccessToken } from '../access-token/issue-access-token'
import { type Context, inTransaction } from '../context'
import { countedLogin } from './counted-login'
import { underAddressLimit, underIdentityLimit } from './failed-logins'
import { findSoleIssuer } from './find-sole-issuer'
import { judge } from './judge'
import { type DecisionInput, recordDecision } from './record-decision'

/** As of a login of an identity; `carried` is what the access token says of the login token. */
export type IssuerLoginOutcome =
  | { accepted: true; issued: IssuedToken; carried: JsonObject }
  | { accepted: false; check: Check }

export type IssuerLoginInput = { token: string; organizationSlug?: string | undefined }

/**
 * Finds the trust that stands alone for the token's `iss`, judges, and if the token is accepted issues an access token
 * that belongs to that trust, not to an identity.
 * @throws AppError `too-many`
 */
export function loginByIssuer(ctx: Context, input: IssuerLoginInput): Promise<IssuerLoginOutcome> {
  const limited = async () => {
    const trust = await trustFor(ctx, input)
    return underIdentityLimit(ctx.ip, trust?.id ?? 'no issuer', () => attempt(ctx, input.token, trust))
  }
  return countedLogin(issuerKind.kind, () => underAddressLimit(ctx.ip, limited))
}

async function trustFor(ctx: Context, { token, organizationSlug }: IssuerLoginInput): Promise<Trust | null> {
  const iss = issuerOf(token)
  return iss === null ? null : findSoleIssuer(ctx, iss, { organizationSlug })
}

async function attempt(ctx: Context, token: string, trust: Trust | null): Promise<IssuerLoginOutcome> {
  const verdict = trust ? await judge(ctx, trust, token) : await withoutIssuer(ctx, token)
  if (trust) ctx.ledger.judged(trust, verdict)
  const decision = {
    organizationId: trust?.organizationId ?? null,
    identity: null,
    trust,
    method: issuerKind.kind,
    token,
    verdict,
  }
  if (!trust || !verdict.accepted) return refuse(ctx, decision)
  const carried = carriedOf(verdict)
  const { issued, store } = await issueAccessToken(ctx, {
    organizationId: trust.organizationId,
    identity: null,
    method: issuerKind.kind,
    grant: trust.grant,
    trustId: trust.id,
    name: trust.name,
    kept: carried,
  })
  try {
    await inTransaction(ctx, async (tx) => {
      await store(tx)
      await recordDecision(tx, ctx, { ...decision, accessTokenId: issued.id })
    })
  } catch (error) {
    // The issuer was removed while the token was judged.
    if (!(error instanceof AppError) || error.kind !== 'not-found') throw error
    return refuse(ctx, { ...decision, trust: null, verdict: { ...verdict, ...refusedAsUnknown } })
  }
  return { accepted: true, issued, carried }
}

async function refuse(ctx: Context, decision: DecisionInput): Promise<IssuerLoginOutcome> {
  await inTransaction(ctx, (tx) => recordDecision(tx, ctx, decision))
  return { accepted: false, check: decision.verdict.decisive ?? unknownIssuer }
}

/** Not believed yet: only good for finding the trust that will judge. */
function issuerOf(token: string): string | null {
  const { claims } = decodeToken(token)
  return claims.ok && typeof claims.value.iss === 'string' ? claims.value.iss : null
}

/**
 * Who the token comes from and whom it speaks of, and what the trust carries on. `sub` of the access token is the trust, so
 * that no issuer can take the name of an identity.
 */
function carriedOf({ claims, grant }: Verdict): JsonObject {
  const { iss, sub } = claims ?? {}
  return {
    ...(typeof iss === 'string' ? { issuer: iss } : {}),
    ...(typeof sub === 'string' && carriedBytes({ sub }) <= subjectBytesMax ? { subject: sub } : {}),
    ...grant?.claims,
  }
}

/** It comes beside what the trust carries on, and all of it has to fit into a header of a request. */
const subjectBytesMax = 1_010

/**
 * Without a trust, only the token's form can be judged, and a wrong form decides before the key that nobody has; a token in
 * good form comes from an issuer that is not known here.
 */
async function withoutIssuer(ctx: Context, token: string): Promise<Verdict> {
  const verdict = await judge(ctx, nobody, token)
  const decisive = verdict.checks.find(({ id, status }) => status === 'fail' && formChecks.test(id))
  return decisive ? { ...verdict, decisive } : { ...verdict, ...refusedAsUnknown }
}

const formChecks = /^(?:token\.|header\.|claims\.json$)/

/** A trust that believes no key. */
const nobody: TrustPolicy = { ...TrustPolicy.parse({ keys: [{ kind: 'inline-jwk', jwk: {} }] }), keys: [] }

/** Not one of the engine's checks: there was no trust to judge by. */
const unknownIssuer: Check = {
  id: 'method',
  status: 'fail',
  title: 'Issuer',
  message: 'No issuer of that name is believed here, or several organizations believe it and none was named.',
  reason: 'issuer_not_found',
  trusted: false,
}

const refusedAsUnknown = { accepted: false, decisive: unknownIssuer, checks: [] }
