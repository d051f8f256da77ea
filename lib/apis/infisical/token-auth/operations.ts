import { z } from 'zod'
import { listAccessTokens } from '@/lib/services/access-token/list-access-tokens'
import { revokeAccessToken } from '@/lib/services/access-token/revoke-access-token'
import {
  attachTokenAuth,
  createToken,
  getTokenAuth,
  removeTokenAuth,
  type TokenAuth,
} from '@/lib/services/access-token/token-auth'
import { getIdentity } from '@/lib/services/identity/get-identity'
import { defineOperation } from '../../api'
import {
  AccessTokenFields,
  accessTokenDefaults,
  fromGrant,
  IdentityPath,
  TokenAnswer,
  TrustedIpAnswer,
  toGrant,
  toTokenAnswer,
} from '../protocol'
import { inWireWords } from '../wire-words'

const path = '/api/v1/auth/token-auth/identities/{identityId}'

const TokenAuthInput = z.strictObject({
  accessTokenTrustedIps: AccessTokenFields.accessTokenTrustedIps.default(accessTokenDefaults.accessTokenTrustedIps),
  accessTokenTTL: AccessTokenFields.accessTokenTTL.default(accessTokenDefaults.accessTokenTTL),
  accessTokenMaxTTL: AccessTokenFields.accessTokenMaxTTL.default(accessTokenDefaults.accessTokenMaxTTL),
  accessTokenNumUsesLimit: AccessTokenFields.accessTokenNumUsesLimit.default(
    accessTokenDefaults.accessTokenNumUsesLimit,
  ),
})

const TokenAuthAnswer = z.object({
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

const TokenData = z
  .object({
    id: z.uuid(),
    identityId: z.uuid(),
    name: z.string().nullable(),
    accessTokenTTL: z.number(),
    accessTokenMaxTTL: z.number(),
    accessTokenNumUses: z.number(),
    accessTokenNumUsesLimit: z.number(),
    accessTokenLastUsedAt: z.iso.datetime().nullable(),
    accessTokenLastRenewedAt: z.iso.datetime().nullable(),
    isAccessTokenRevoked: z.boolean(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'TokenData' })

const answers = { status: 200, description: 'The configuration.', schema: TokenAuthAnswer }

export const operations = {
  attach: defineOperation({
    method: 'POST',
    path,
    summary: 'Attach Token Auth to an identity',
    auth: 'required',
    params: IdentityPath,
    body: TokenAuthInput,
    records: ['token-auth.attached'],
    success: answers,
    async run(ctx, { params, body }) {
      return reply(await inWireWords(() => ['accessTokenTTL'], attachTokenAuth(ctx, params.identityId, toGrant(body))))
    },
  }),

  get: defineOperation({
    method: 'GET',
    path,
    summary: "Read an identity's Token Auth",
    auth: 'required',
    params: IdentityPath,
    success: answers,
    async run(ctx, { params }) {
      return reply(await getTokenAuth(ctx, params.identityId))
    },
  }),

  revoke: defineOperation({
    method: 'DELETE',
    path,
    summary: 'Remove Token Auth from an identity',
    description: 'Tokens issued through it stop working at once.',
    auth: 'required',
    params: IdentityPath,
    records: ['token-auth.removed'],
    success: answers,
    async run(ctx, { params }) {
      return reply(await removeTokenAuth(ctx, params.identityId))
    },
  }),

  createToken: defineOperation({
    method: 'POST',
    path: `${path}/tokens`,
    summary: 'Issue an access token',
    description: 'Its text is in this answer and nowhere else.',
    auth: 'required',
    params: IdentityPath,
    body: z.strictObject({ name: z.string().trim().max(200).optional() }),
    records: ['access-token.issued'],
    success: { status: 200, description: 'Issued.', schema: TokenAnswer.extend({ tokenData: TokenData }) },
    async run(ctx, { params, body }) {
      const { tokenData, ...issued } = await createToken(ctx, params.identityId, body.name)
      return { body: { ...toTokenAnswer(issued), tokenData: toTokenData(params.identityId, tokenData) } }
    },
  }),

  listTokens: defineOperation({
    method: 'GET',
    path: `${path}/tokens`,
    summary: 'List the tokens issued by Token Auth',
    auth: 'required',
    params: IdentityPath,
    query: z.strictObject({
      offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
      limit: z.coerce.number().int().min(1).max(100).default(20),
    }),
    success: { status: 200, description: 'Newest first.', schema: z.object({ tokens: z.array(TokenData) }) },
    async run(ctx, { params, query }) {
      const { id } = await getIdentity(ctx, params.identityId)
      const { tokens } = await listAccessTokens(ctx, { identityId: id, method: 'token', ...query })
      return { body: { tokens: tokens.map((token) => toTokenData(id, token)) } }
    },
  }),

  revokeToken: defineOperation({
    method: 'POST',
    path: '/api/v1/auth/token-auth/tokens/{tokenId}/revoke',
    summary: 'Revoke a token by its id',
    auth: 'required',
    params: z.object({ tokenId: z.string() }),
    body: z.strictObject({}),
    records: ['access-token.revoked'],
    success: { status: 200, description: 'It is dead.', schema: z.object({ message: z.string() }) },
    async run(ctx, { params }) {
      await revokeAccessToken(ctx, params.tokenId)
      return { body: { message: 'Successfully revoked token' } }
    },
  }),
}

function reply(tokenAuth: TokenAuth) {
  const { id, identityId, grant, createdAt, updatedAt } = tokenAuth
  return {
    body: {
      identityTokenAuth: {
        id,
        identityId,
        ...fromGrant(grant),
        createdAt: createdAt.toISOString(),
        updatedAt: updatedAt.toISOString(),
      },
    },
  }
}

type Row = Omit<Awaited<ReturnType<typeof createToken>>['tokenData'], 'organizationId' | 'tokenAuthId' | 'claims'>

const toTokenData = (identityId: string, row: Row): z.output<typeof TokenData> => ({
  id: row.id,
  identityId,
  name: row.name,
  accessTokenTTL: (row.expiresAt.getTime() - (row.renewedAt ?? row.createdAt).getTime()) / 1000,
  accessTokenMaxTTL: (row.maxExpiresAt.getTime() - row.createdAt.getTime()) / 1000,
  accessTokenNumUses: row.uses,
  accessTokenNumUsesLimit: row.usesMax,
  accessTokenLastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  accessTokenLastRenewedAt: row.renewedAt?.toISOString() ?? null,
  isAccessTokenRevoked: row.revokedAt !== null,
  createdAt: row.createdAt.toISOString(),
  updatedAt: (row.revokedAt ?? row.renewedAt ?? row.createdAt).toISOString(),
})
