import { z } from 'zod'
import { durationSecondsMax } from '@/lib/trust/grant'
import { CaCertificate } from '@/lib/trust/key-sources/jwks-url'
import { DiscoveryUrl } from '@/lib/trust/key-sources/oidc-discovery'
import { namedRecord } from '@/lib/trust/names'
import { AccessTokenFields, BoundAudiences, BoundClaims, BoundSubject, BoundText, TrustedIpAnswer } from '../protocol'

const BoundIssuer = BoundText.min(1, "Give the issuer, exactly as the provider's discovery document writes it.")

/** Name in the access token → claim address in the login token. */
const ClaimMetadataMapping = namedRecord(z.string().trim().min(1, 'Give the claim to read.').max(500), 'claim', 100)

/** Infisical's document: greater than 0 and less than ten years. */
const ttl = z
  .int()
  .min(1)
  .max(durationSecondsMax - 1)

/** Without defaults: an update keeps omitted fields. */
const fields = {
  oidcDiscoveryUrl: DiscoveryUrl.optional(),
  caCert: CaCertificate.unwrap().optional(),
  boundIssuer: BoundIssuer.optional(),
  boundAudiences: BoundAudiences.optional(),
  boundClaims: BoundClaims.optional(),
  boundSubject: BoundSubject.optional(),
  claimMetadataMapping: ClaimMetadataMapping.optional(),
  accessTokenTrustedIps: AccessTokenFields.accessTokenTrustedIps.optional(),
  accessTokenTTL: ttl.optional(),
  accessTokenMaxTTL: ttl.optional(),
  accessTokenNumUsesLimit: AccessTokenFields.accessTokenNumUsesLimit.optional(),
}

export const OidcAuthUpdate = z.strictObject(fields).meta({ id: 'OidcAuthUpdate' })
export type OidcAuthUpdate = z.output<typeof OidcAuthUpdate>

export const OidcAuthAttach = z
  .strictObject({ ...fields, oidcDiscoveryUrl: DiscoveryUrl, boundIssuer: BoundIssuer, boundClaims: BoundClaims })
  .meta({ id: 'OidcAuthAttach' })
export type OidcAuthAttach = z.output<typeof OidcAuthAttach>

export const IdentityOidcAuth = z
  .object({
    id: z.uuid(),
    identityId: z.uuid(),
    oidcDiscoveryUrl: z.string(),
    caCert: z.string(),
    boundIssuer: z.string(),
    boundAudiences: z.string(),
    boundClaims: z.record(z.string(), z.string()),
    boundSubject: z.string(),
    claimMetadataMapping: z.record(z.string(), z.string()).optional().meta({ description: 'Only when it is set.' }),
    accessTokenTTL: z.number(),
    accessTokenMaxTTL: z.number(),
    accessTokenNumUsesLimit: z.number(),
    accessTokenTrustedIps: TrustedIpAnswer,
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'IdentityOidcAuth' })
export type IdentityOidcAuth = z.output<typeof IdentityOidcAuth>

export const OidcAuthAnswer = z.object({ identityOidcAuth: IdentityOidcAuth })
