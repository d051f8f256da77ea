import { z } from 'zod'
import { TokenName } from '@/lib/model/identity'
import { Id } from '@/lib/trust/uuid'
import { AccessTokenFields, accessTokenDefaults, TokenAnswer, TrustedIpAnswer } from '../protocol'

const { accessTokenTrustedIps, accessTokenTTL, accessTokenMaxTTL, accessTokenNumUsesLimit } = AccessTokenFields

export const TokenAuthAttach = z
  .strictObject({
    accessTokenTrustedIps: accessTokenTrustedIps.default(accessTokenDefaults.accessTokenTrustedIps),
    accessTokenTTL: accessTokenTTL.default(accessTokenDefaults.accessTokenTTL),
    accessTokenMaxTTL: accessTokenMaxTTL.default(accessTokenDefaults.accessTokenMaxTTL),
    accessTokenNumUsesLimit: accessTokenNumUsesLimit.default(accessTokenDefaults.accessTokenNumUsesLimit),
  })
  .meta({ id: 'TokenAuthAttach' })

/** Without defaults: an update keeps omitted fields. */
export const TokenAuthUpdate = z
  .strictObject({
    accessTokenTrustedIps: accessTokenTrustedIps.optional(),
    accessTokenTTL: accessTokenTTL.optional(),
    accessTokenMaxTTL: accessTokenMaxTTL.optional(),
    accessTokenNumUsesLimit: accessTokenNumUsesLimit.optional(),
  })
  .meta({ id: 'TokenAuthUpdate' })

export const TokenInput = z.strictObject({ name: TokenName.optional() })

export const TokenPath = z.object({ tokenId: Id })
export const IdentityTokenPath = z.object({ identityId: Id, tokenId: Id })

/** Identity of the token: the Terraform provider sends it although the path does not have it. */
export const TokenRevoke = z.strictObject({ identityId: Id.optional() })

export const TokenAuthAnswer = z.object({
  identityTokenAuth: z.object({
    id: z.uuid(),
    identityId: z.uuid(),
    accessTokenTTL: z.number(),
    accessTokenMaxTTL: z.number(),
    accessTokenNumUsesLimit: z.number(),
    accessTokenPeriod: z.number(),
    accessTokenTrustedIps: TrustedIpAnswer,
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  }),
})

export const TokenData = z
  .object({
    id: z.uuid(),
    identityId: z.uuid(),
    name: z.string().nullable(),
    authMethod: z.literal('token-auth'),
    accessTokenTTL: z.int(),
    accessTokenMaxTTL: z.int(),
    accessTokenPeriod: z.int(),
    accessTokenNumUses: z.int(),
    accessTokenNumUsesLimit: z.int(),
    accessTokenLastUsedAt: z.iso.datetime().nullable(),
    accessTokenLastRenewedAt: z.iso.datetime().nullable(),
    isAccessTokenRevoked: z.boolean(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'TokenData' })
export type TokenData = z.output<typeof TokenData>

export const OneToken = z.object({ token: TokenData })
export const TokenList = z.object({ tokens: z.array(TokenData) })
export const IssuedToken = TokenAnswer.extend({ tokenData: TokenData })
