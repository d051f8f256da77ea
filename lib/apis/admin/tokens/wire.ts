import { z } from 'zod'
import { TokenName } from '@/lib/model/identity'
import { Grant } from '@/lib/trust/grant'
import { PageAnswer } from '../pages/wire'

/** An issued access token, without its text. */
export const AccessTokenAnswer = z
  .object({
    id: z.uuid(),
    identityId: z.uuid().nullable().meta({ description: 'Null for a token issued through a standalone issuer.' }),
    identityName: z.string().nullable(),
    trustId: z.uuid().nullable(),
    method: z.string(),
    name: z.string().nullable(),
    createdAt: z.iso.datetime(),
    renewedAt: z.iso.datetime().nullable(),
    expiresAt: z.iso.datetime(),
    maxExpiresAt: z.iso.datetime(),
    uses: z.number(),
    usesMax: z.number(),
    lastUsedAt: z.iso.datetime().nullable(),
    revokedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'AccessToken' })
export type AccessTokenAnswer = z.output<typeof AccessTokenAnswer>

export const AccessTokenListAnswer = PageAnswer.extend({ tokens: z.array(AccessTokenAnswer) })
export type AccessTokenListAnswer = z.output<typeof AccessTokenListAnswer>

export const TokenAuthInput = Grant.strict()

export const TokenAuthAnswer = z.object({
  id: z.uuid(),
  identityId: z.uuid(),
  grant: Grant,
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  unreadable: z.array(z.string()).optional(),
})
export type TokenAuthAnswer = z.output<typeof TokenAuthAnswer>

export const TokenInput = z.strictObject({ name: TokenName.optional() })

/** The only answer with the text of the token. */
export const IssuedTokenAnswer = z.object({ id: z.uuid(), accessToken: z.string(), expiresIn: z.number() })
export type IssuedTokenAnswer = z.output<typeof IssuedTokenAnswer>

export const RevokedTokensAnswer = z.object({ revoked: z.number().meta({ description: 'How many were live.' }) })
export type RevokedTokensAnswer = z.output<typeof RevokedTokensAnswer>
