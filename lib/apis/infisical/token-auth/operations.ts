import { z } from 'zod'
import { AppError, notFound } from '@/lib/errors'
import { listAccessTokens } from '@/lib/services/access-token/list-access-tokens'
import { revokeAccessToken } from '@/lib/services/access-token/revoke-access-token'
import {
  attachTokenAuth,
  createToken,
  getTokenAuth,
  removeTokenAuth,
  updateTokenAuth,
} from '@/lib/services/access-token/token-auth'
import { getTokenAuthToken, renameTokenAuthToken } from '@/lib/services/access-token/token-auth-token'
import type { Context } from '@/lib/services/context'
import { getIdentity } from '@/lib/services/identity/get-identity'
import { defineOperation } from '../../api'
import { given, IdentityPath, toAccessTokenFields, toGrant, toTokenAnswer } from '../protocol'
import { inWireWords } from '../wire-words'
import { toTokenAuthAnswer, toTokenData } from './mapper'
import {
  IdentityTokenPath,
  IssuedToken,
  OneToken,
  TokenAuthAnswer,
  TokenAuthAttach,
  TokenAuthUpdate,
  TokenInput,
  TokenList,
  TokenPath,
  TokenRevoke,
} from './wire'

const path = '/api/v1/auth/token-auth/identities/{identityId}'
const tokenPath = '/api/v1/auth/token-auth/tokens/{tokenId}'
const answers = { status: 200, description: 'The configuration.', schema: TokenAuthAnswer }
const oneToken = { status: 200, description: 'The token; never its text.', schema: OneToken }
const inOurWords = <T>(act: Promise<T>) => inWireWords((path) => (path[0] === 'grant' ? ['accessTokenTTL'] : path), act)

/** Paths of a token: by its id alone, and under its identity (node-infisical). */
const tokenOperations = {
  getToken: defineOperation({
    method: 'GET',
    path: tokenPath,
    summary: 'Read a token by its id',
    auth: 'required',
    params: TokenPath,
    success: oneToken,
    async run(ctx, { params }) {
      return replyToken(await getTokenAuthToken(ctx, params.tokenId))
    },
  }),

  updateToken: defineOperation({
    method: 'PATCH',
    path: tokenPath,
    summary: 'Rename a token',
    auth: 'required',
    params: TokenPath,
    body: TokenInput,
    records: ['access-token.renamed'],
    success: oneToken,
    async run(ctx, { params, body }) {
      return replyToken(await renameTokenAuthToken(ctx, params.tokenId, body.name))
    },
  }),

  deleteToken: defineOperation({
    method: 'DELETE',
    path: tokenPath,
    summary: 'Revoke a token by its id, and read it',
    auth: 'required',
    params: TokenPath,
    records: ['access-token.revoked'],
    success: oneToken,
    async run(ctx, { params }) {
      return replyToken(await revokeAndRead(ctx, params.tokenId))
    },
  }),

  getTokenOfIdentity: defineOperation({
    method: 'GET',
    path: `${path}/tokens/{tokenId}`,
    summary: "Read an identity's token",
    auth: 'required',
    params: IdentityTokenPath,
    success: oneToken,
    async run(ctx, { params }) {
      return replyToken(await tokenOfIdentity(ctx, params))
    },
  }),

  updateTokenOfIdentity: defineOperation({
    method: 'PATCH',
    path: `${path}/tokens/{tokenId}`,
    summary: "Rename an identity's token",
    auth: 'required',
    params: IdentityTokenPath,
    body: TokenInput,
    records: ['access-token.renamed'],
    success: oneToken,
    async run(ctx, { params, body }) {
      const { id } = await tokenOfIdentity(ctx, params)
      return replyToken(await renameTokenAuthToken(ctx, id, body.name))
    },
  }),

  deleteTokenOfIdentity: defineOperation({
    method: 'DELETE',
    path: `${path}/tokens/{tokenId}`,
    summary: "Revoke an identity's token, and read it",
    auth: 'required',
    params: IdentityTokenPath,
    records: ['access-token.revoked'],
    success: oneToken,
    async run(ctx, { params }) {
      const { id } = await tokenOfIdentity(ctx, params)
      return replyToken(await revokeAndRead(ctx, id))
    },
  }),
}

export const operations = {
  attach: defineOperation({
    method: 'POST',
    path,
    summary: 'Attach Token Auth to an identity',
    auth: 'required',
    params: IdentityPath,
    body: TokenAuthAttach,
    records: ['token-auth.attached'],
    success: answers,
    async run(ctx, { params, body }) {
      return { body: toTokenAuthAnswer(await inOurWords(attachTokenAuth(ctx, params.identityId, toGrant(body)))) }
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
      return { body: toTokenAuthAnswer(await getTokenAuth(ctx, params.identityId)) }
    },
  }),

  update: defineOperation({
    method: 'PATCH',
    path,
    summary: "Update an identity's Token Auth",
    description: 'What is omitted is kept. Tokens issued before keep their expiry; addresses count at once.',
    auth: 'required',
    params: IdentityPath,
    body: TokenAuthUpdate,
    records: ['token-auth.updated'],
    success: answers,
    async run(ctx, { params, body }) {
      const changed = await inOurWords(
        updateTokenAuth(ctx, params.identityId, (before) => ({
          ...before,
          ...toGrant({ ...toAccessTokenFields(before), ...given(body) }),
        })),
      )
      return { body: toTokenAuthAnswer(changed) }
    },
  }),

  revoke: defineOperation({
    method: 'DELETE',
    path,
    summary: 'Remove Token Auth from an identity',
    description: 'Tokens issued through it stop working immediately.',
    auth: 'required',
    params: IdentityPath,
    records: ['token-auth.removed'],
    success: answers,
    async run(ctx, { params }) {
      return { body: toTokenAuthAnswer(await removeTokenAuth(ctx, params.identityId)) }
    },
  }),

  createToken: defineOperation({
    method: 'POST',
    path: `${path}/tokens`,
    summary: 'Issue an access token',
    description: 'Only this answer contains its text.',
    auth: 'required',
    params: IdentityPath,
    body: TokenInput,
    records: ['access-token.issued'],
    success: { status: 200, description: 'Issued.', schema: IssuedToken },
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
    success: { status: 200, description: 'Newest first.', schema: TokenList },
    async run(ctx, { params, query }) {
      const { id } = await getIdentity(ctx, params.identityId)
      const { tokens } = await listAccessTokens(ctx, { identityId: id, method: 'token', ...query })
      return { body: { tokens: tokens.map((token) => toTokenData(id, token)) } }
    },
  }),

  ...tokenOperations,

  revokeToken: defineOperation({
    method: 'POST',
    path: `${tokenPath}/revoke`,
    summary: 'Revoke a token by its id',
    auth: 'required',
    params: TokenPath,
    body: TokenRevoke,
    records: ['access-token.revoked'],
    success: { status: 200, description: 'It is dead.', schema: z.object({ message: z.string() }) },
    async run(ctx, { params, body }) {
      if (body.identityId !== undefined) await requireHolder(ctx, params.tokenId, body.identityId)
      await revokeAccessToken(ctx, params.tokenId)
      return { body: { message: 'Successfully revoked token' } }
    },
  }),
}

type TokenRow = Awaited<ReturnType<typeof getTokenAuthToken>>

const replyToken = (row: TokenRow) => ({ body: { token: toTokenData(row.identity.id, row) } })

async function revokeAndRead(ctx: Context, tokenId: string) {
  const { id } = await getTokenAuthToken(ctx, tokenId)
  await revokeAccessToken(ctx, id)
  return getTokenAuthToken(ctx, id)
}

/** @throws AppError `not-found` for a token of another identity */
async function tokenOfIdentity(ctx: Context, { identityId, tokenId }: z.output<typeof IdentityTokenPath>) {
  const token = await getTokenAuthToken(ctx, tokenId)
  if (token.identity.id !== identityId) throw notFound('That identity has no token with that id.')
  return token
}

/** @throws AppError `rule` for a token of another identity */
async function requireHolder(ctx: Context, tokenId: string, identityId: string) {
  const { identity } = await getTokenAuthToken(ctx, tokenId)
  if (identity.id === identityId) return
  const message = 'identityId: The token belongs to another identity.'
  throw new AppError('rule', message, {
    reason: 'path_id_differs',
    fields: [{ path: ['identityId'], code: 'path_id_differs', message }],
  })
}
