import type { Tx } from '@/lib/db/client'
import type { JsonValue } from '@/lib/trust/json'
import { jsonText } from '@/lib/trust/json-text'
import { maskClaim, maskClaims } from '@/lib/trust/mask-claims'
import type { Check, Verdict } from '@/lib/trust/verdict'
import type { Context } from '../context'

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
  const { verdict } = input
  await tx.decision.create({
    data: {
      id: ctx.requestId,
      at: ctx.now(),
      organizationId: input.organizationId,
      identityId: input.identity?.id ?? null,
      identityName: input.identity?.name ?? null,
      trustId: input.trust?.id ?? null,
      trustVersion: input.trust?.version ?? null,
      method: input.method,
      accepted: verdict.accepted,
      checkId: verdict.decisive?.id ?? null,
      reason: verdict.decisive?.reason ?? null,
      message: verdict.decisive?.message ?? 'Accepted.',
      issuer: text('iss', verdict.claims?.iss),
      subject: text('sub', verdict.claims?.sub),
      trace: jsonText(verdict.checks.map(masked)),
      header: verdict.header && jsonText(maskClaims(verdict.header)),
      claims: verdict.claims && jsonText(maskClaims(verdict.claims)),
      tokenSha256: await sha256Hex(input.token),
      accessTokenId: input.accessTokenId ?? null,
      ip: ctx.ip,
      userAgent: ctx.userAgent,
    },
  })
}

/** What a check on a claim received is masked like the claim itself. */
function masked(check: Check): Check {
  if (check.received === undefined) return check
  const name = check.id.startsWith('claim:') ? check.id.slice('claim:'.length) : ''
  const received = maskClaim(name, check.received)
  return { ...check, received: typeof received === 'string' ? received : '[masked]' }
}

/**
 * Issuer and subject are columns to search by, masked like the claims; one that is no text is in `claims` only. PostgreSQL
 * keeps no zero character.
 */
function text(name: string, claim: JsonValue | undefined): string | null {
  const masked = typeof claim === 'string' ? maskClaim(name, claim) : null
  return typeof masked === 'string' ? masked.replaceAll('\0', '\uFFFD') : null
}

async function sha256Hex(value: string) {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(value))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
