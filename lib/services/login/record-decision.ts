import type { Tx } from '@/lib/db/client'
import { findClaim } from '@/lib/trust/claims'
import type { JsonObject, JsonValue } from '@/lib/trust/json'
import { jsonText } from '@/lib/trust/json-text'
import { maskClaim, maskClaims, maskText } from '@/lib/trust/mask-claims'
import { bareToken } from '@/lib/trust/token'
import type { Check, Verdict } from '@/lib/trust/verdict'
import type { Context } from '../context'
import { noteForCount } from '../decision/decision-days'
import { sha256Hex } from '../sha256-hex'

export type DecisionInput = {
  organizationId: string | null
  /** Null for a login through a trust that stands alone, and for a test. */
  identity: { id: string; name: string | null } | null
  trust: { id: string; version: number } | null
  method: string
  token: string
  verdict: Verdict
  accessTokenId?: string
}

/** Keeps a verdict under the request's id: every check, the header and the masked claims; never token or signature. */
export async function recordDecision(tx: Tx, ctx: Context, input: DecisionInput) {
  const { verdict, organizationId, method } = input
  const at = ctx.now()
  ctx.recorded?.push('decision')
  const reason = verdict.decisive?.reason ?? null
  await noteForCount(tx, { id: ctx.requestId, at, organizationId, method, accepted: verdict.accepted, reason })
  await tx.decision.create({
    data: {
      id: ctx.requestId,
      at,
      organizationId,
      identityId: input.identity?.id ?? null,
      identityName: input.identity?.name ?? null,
      trustId: input.trust?.id ?? null,
      trustVersion: input.trust?.version ?? null,
      method,
      accepted: verdict.accepted,
      checkId: verdict.decisive?.id ?? null,
      reason,
      message: verdict.decisive?.message ?? 'Accepted.',
      issuer: text('iss', verdict.claims?.iss),
      subject: text('sub', verdict.claims?.sub),
      trace: jsonText(maskedTrace(verdict)),
      header: verdict.header && jsonText(maskClaims(verdict.header)),
      claims: verdict.claims && jsonText(maskClaims(verdict.claims)),
      tokenSha256: await sha256Hex(bareToken(input.token)),
      accessTokenId: input.accessTokenId ?? null,
      ip: ctx.ip,
      userAgent: ctx.userAgent,
    },
  })
}

/** The checks of a verdict as they may be kept. */
export const maskedTrace = ({ checks, claims }: Verdict): Check[] => checks.map((check) => masked(check, claims))

/**
 * What a check on a claim received is masked like the claim itself, and what is to be done about it may quote the claim,
 * so it goes with it.
 */
function masked(check: Check, claims: JsonObject | null): Check {
  const path = check.id.startsWith('claim:') ? check.id.slice('claim:'.length) : check.id
  const claim = claims && findClaim(claims, path)
  if (check.received === undefined) return check
  // What is no claim (a kid, a type) is judged by its look.
  if (claim === null || claim === undefined) return { ...check, received: maskText(check.received) }
  const kept = maskClaim(path, claim)
  if (jsonText(kept) === jsonText(claim)) return check
  const { fix, ...rest } = check
  return { ...rest, received: jsonText(kept) }
}

/**
 * Issuer and subject are columns to search by, masked like the claims; one that is no text is in `claims` only. PostgreSQL
 * keeps no zero character.
 */
function text(name: string, claim: JsonValue | undefined): string | null {
  const masked = typeof claim === 'string' ? maskClaim(name, claim) : null
  return typeof masked === 'string' ? masked.replaceAll('\0', '\uFFFD') : null
}
