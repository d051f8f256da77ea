import { toTrust } from '@/lib/db/trust-row'
import { toTrustOfVersion } from '@/lib/db/trust-version-row'
import type { CheckAnswer } from '@/lib/model/evaluation'
import { claimsPass, judgeClaims } from '@/lib/trust/engine/judge-claims'
import type { JsonObject } from '@/lib/trust/json/json'
import type { Trust } from '@/lib/trust/trust'
import { requireAccess } from '../access'
import type { Context } from '../context'
import { getDecision } from './get-decision'

export type ReplaySide = {
  version: number
  enabled: boolean
  /** Null: a claim that decides is known masked only. */
  passes: boolean | null
  decisive: string | null
  checks: CheckAnswer[]
}

/**
 * Judges the claims that a decision kept by the trust as it was then and as it is now, both as of the time of the decision. The token is not kept, so
 * keys and signature are not judged. A side is null where its trust, or the claims, are not there or cannot be read.
 * @throws AppError `not-found`
 */
export async function replayDecision(ctx: Context, id: string) {
  const { organizationId } = requireAccess(ctx, 'read')
  const { at, claims, trustId, trustVersion } = await getDecision(ctx, id)
  const row = trustId === null ? null : await ctx.db.trust.findFirst({ where: { id: trustId, organizationId } })
  const now = row && toTrust(row)
  const then = await trustThen()
  const side = (trust: Trust | null) =>
    trust && claims && !trust.unreadable ? sideOf(claims as JsonObject, trust, at.getTime() / 1000) : null
  return { at: at.toISOString(), hasClaims: claims !== null, former: side(then), current: side(now) }

  async function trustThen(): Promise<Trust | null> {
    if (trustId === null || trustVersion === null) return null
    // A trust that was not changed since versions are kept has none yet.
    if (now?.version === trustVersion) return now
    const version = await ctx.db.trustVersion.findFirst({ where: { organizationId, trustId, version: trustVersion } })
    return version && toTrustOfVersion(version)
  }
}

function sideOf(claims: JsonObject, trust: Trust, now: number): ReplaySide {
  const verdict = judgeClaims(claims, trust, now)
  const { version, enabled } = trust
  return {
    version,
    enabled,
    passes: claimsPass(verdict),
    decisive: verdict.decisive?.id ?? null,
    checks: verdict.checks,
  }
}
