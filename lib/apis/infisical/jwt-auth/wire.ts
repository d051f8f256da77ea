import { z } from 'zod'
import { CaCertificate, RemoteUrl } from '@/lib/trust/key-sources/jwks-url'
import { AccessTokenFields, BoundAudiences, BoundClaims, BoundSubject, BoundText, TrustedIpAnswer } from '../protocol'

const fields = {
  configurationType: z.enum(['jwks', 'static']).optional().meta({
    description:
      "How keys are found. When absent it is inferred from the key field that is given ('jwks' or 'static').",
  }),
  jwksUrl: z
    .union([RemoteUrl, z.literal('')], 'Give a full URL, for example https://issuer.example.com/.well-known/jwks.json')
    .optional(),
  jwksCaCert: CaCertificate.unwrap().optional(),
  publicKeys: z
    .array(
      z
        .string()
        .max(65_536)
        .refine((text) => text.trim() !== '', 'An empty text is no key.'),
    )
    .max(100)
    .optional()
    .meta({ description: "PEM; comes back as it was sent. With 'jwks', keys that are sent are kept and not used." }),
  boundIssuer: BoundText.optional(),
  boundAudiences: BoundAudiences.optional(),
  boundClaims: BoundClaims.optional(),
  boundSubject: BoundSubject.optional(),
  accessTokenTrustedIps: AccessTokenFields.accessTokenTrustedIps.optional(),
  accessTokenTTL: AccessTokenFields.accessTokenTTL.optional(),
  accessTokenMaxTTL: AccessTokenFields.accessTokenMaxTTL.optional(),
  accessTokenNumUsesLimit: AccessTokenFields.accessTokenNumUsesLimit.optional(),
}

/** Fields of attach and update. Without defaults: an update keeps omitted fields. */
export const JwtAuthInput = z.strictObject(fields).meta({ id: 'JwtAuthInput' })
export type JwtAuthInput = z.output<typeof JwtAuthInput>

export const IdentityJwtAuth = z
  .object({
    id: z.uuid(),
    identityId: z.uuid(),
    configurationType: z.enum(['jwks', 'static']),
    jwksUrl: z.string(),
    jwksCaCert: z.string(),
    publicKeys: z.array(z.string()),
    boundIssuer: z.string(),
    boundAudiences: z.string(),
    boundClaims: z.record(z.string(), z.string()),
    boundSubject: z.string(),
    accessTokenTTL: z.number(),
    accessTokenMaxTTL: z.number(),
    accessTokenNumUsesLimit: z.number(),
    accessTokenPeriod: z.number(),
    accessTokenTrustedIps: TrustedIpAnswer,
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'IdentityJwtAuth' })
export type IdentityJwtAuth = z.output<typeof IdentityJwtAuth>

export const JwtAuthAnswer = z.object({ identityJwtAuth: IdentityJwtAuth })
