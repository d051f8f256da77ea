import type { Severity } from '@/lib/trust/posture/finding'
import type { Context } from '../context'
import { knownPostures } from '../posture/known-postures'
import { mutesOfOrganization } from '../posture/mutes'
import { postureView } from '../posture/posture-view'

/** What an identity is found by in its trusts; one trust must match all that is given. */
export type TrustMatch = {
  /** Its kind. */
  method?: string | undefined
  /** Part of its issuer, whatever the case. */
  issuer?: string | undefined
  /** It has a finding of this severity that is not muted. */
  severity?: Severity | undefined
}

/** Ids of the identities of which a trust matches. */
export async function identitiesByTrust(
  ctx: Context,
  organizationId: string,
  { method, issuer, severity }: TrustMatch,
): Promise<ReadonlySet<string>> {
  const known = await knownPostures(ctx.db, organizationId)
  const { trusts } = postureView(known, await mutesOfOrganization(ctx.db, organizationId, ctx.now()))
  const wanted =
    severity &&
    new Set(trusts.flatMap(({ id, counted }) => (counted.some((one) => one.severity === severity) ? [id] : [])))
  const part = issuer?.toLowerCase()
  const found = new Set<string>()
  for (const trust of known.trusts.values()) {
    if (trust.identityId === null || (method !== undefined && trust.kind !== method)) continue
    if (part !== undefined && !trust.issuer?.toLowerCase().includes(part)) continue
    if (wanted && !wanted.has(trust.id)) continue
    found.add(trust.identityId)
  }
  return found
}
