import type { z } from 'zod'
import { oidcAuth } from '@/lib/trust/kinds'
import { trimmedName } from '@/lib/trust/names'
import type { Trust, TrustDraft } from '@/lib/trust/trust'
import { fromRules, toRules } from '../bound-rules'
import { accessTokenDefaults, fromGrant, given, toAccessTokenFields, toGrant } from '../protocol'
import type { IdentityOidcAuth, OidcAuthAttach, OidcAuthUpdate } from './wire'

/** All fields, as a client could send them again. */
type Whole = Required<OidcAuthAttach>

const defaults = {
  caCert: '',
  boundAudiences: '',
  boundSubject: '',
  claimMetadataMapping: {},
  ...accessTokenDefaults,
}

/** Returns the draft of an attach. */
export function toDraft(identityId: string, name: string, sent: OidcAuthAttach): z.input<typeof TrustDraft> {
  const { oidcDiscoveryUrl, boundIssuer, boundClaims } = sent
  return draftOf(identityId, name, { ...defaults, oidcDiscoveryUrl, boundIssuer, boundClaims, ...given(sent) })
}

/** Returns the draft of an update: omitted fields are kept. Null for a trust that this API cannot represent. */
export function toChangedDraft(before: Trust, sent: OidcAuthUpdate): z.input<typeof TrustDraft> | null {
  const stored = toWhole(before)
  if (!stored || !oidcAuth.is(before)) return null
  const draft = draftOf(before.identityId, before.name, { ...stored, ...given(sent) })
  // What this API cannot express is kept as well.
  return { ...before, ...draft, grant: { ...before.grant, ...draft.grant } }
}

/** Returns the wire form of a trust, or null when this API cannot represent it. */
export function toWire(trust: Trust): IdentityOidcAuth | null {
  const whole = toWhole(trust)
  if (!whole || trust.identityId === null) return null
  const { accessTokenTTL, accessTokenMaxTTL, accessTokenNumUsesLimit, accessTokenTrustedIps, ...rest } = whole
  const { claimMetadataMapping, ...bound } = rest
  const { accessTokenPeriod, ...grant } = fromGrant(trust.grant)
  return {
    id: trust.id,
    identityId: trust.identityId,
    ...bound,
    ...(Object.keys(claimMetadataMapping).length > 0 ? { claimMetadataMapping } : {}),
    ...grant,
    createdAt: trust.createdAt.toISOString(),
    updatedAt: trust.updatedAt.toISOString(),
  }
}

function toWhole(trust: Trust): Whole | null {
  const bound = fromRules(trust.rules)
  const [source] = trust.keys
  const ours = oidcAuth.is(trust) && trust.keys.length === 1 && trust.issuer !== null && !trust.grant.carry
  if (!bound || !ours || source?.kind !== 'oidc-discovery' || trust.issuer === null) return null
  return {
    oidcDiscoveryUrl: source.url,
    caCert: source.caCert,
    boundIssuer: trust.issuer,
    ...bound,
    claimMetadataMapping: trust.grant.metadata,
    ...toAccessTokenFields(trust.grant),
  }
}

function draftOf(identityId: string | null, name: string, whole: Whole) {
  return {
    kind: oidcAuth.kind,
    identityId,
    name,
    issuer: whole.boundIssuer,
    keys: [{ kind: 'oidc-discovery' as const, url: whole.oidcDiscoveryUrl, caCert: whole.caCert }],
    rules: toRules(whole),
    grant: { ...toGrant(whole), metadata: trimmedNames(whole.claimMetadataMapping) },
  }
}

const trimmedNames = (record: Record<string, string>) =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [trimmedName(name), value]))
