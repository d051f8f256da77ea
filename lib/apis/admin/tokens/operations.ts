import { z } from 'zod'
import { AccessTokenQuery, listAccessTokens } from '@/lib/services/access-token/list-access-tokens'
import { revokeAccessToken } from '@/lib/services/access-token/revoke-access-token'
import { revokeIdentityTokens } from '@/lib/services/access-token/revoke-identity-tokens'
import { attachTokenAuth, createToken, getTokenAuth, removeTokenAuth } from '@/lib/services/access-token/token-auth'
import { Id } from '@/lib/trust/uuid'
import { defineOperation } from '../../api'
import {
  AccessTokenListAnswer,
  IssuedTokenAnswer,
  RevokedTokensAnswer,
  TokenAuthAnswer,
  TokenAuthInput,
  TokenInput,
} from './wire'

const Path = z.object({ identityId: Id })
const path = '/api/admin/identities/{identityId}/token-auth'

export const tokenOperations = {
  listTokens: defineOperation({
    method: 'GET',
    path: '/api/admin/tokens',
    summary: 'List issued access tokens',
    auth: 'required',
    query: AccessTokenQuery,
    success: { status: 200, description: 'Newest first.', schema: AccessTokenListAnswer },
    async run(ctx, { query }) {
      return { body: await listAccessTokens(ctx, query) }
    },
  }),

  revokeToken: defineOperation({
    method: 'DELETE',
    path: '/api/admin/tokens/{tokenId}',
    summary: 'Revoke an access token',
    auth: 'required',
    params: z.object({ tokenId: Id }),
    records: ['access-token.revoked'],
    success: { status: 204, description: 'It is dead.' },
    async run(ctx, { params }) {
      await revokeAccessToken(ctx, params.tokenId)
      return { body: undefined }
    },
  }),

  revokeIdentityTokens: defineOperation({
    method: 'DELETE',
    path: '/api/admin/identities/{identityId}/tokens',
    summary: 'Revoke all live access tokens of an identity',
    description: 'They are refused immediately. The identity keeps its trusts, so it can log in again.',
    auth: 'required',
    params: Path,
    records: ['access-token.all-revoked'],
    success: { status: 200, description: 'How many were revoked.', schema: RevokedTokensAnswer },
    async run(ctx, { params }) {
      return { body: { revoked: await revokeIdentityTokens(ctx, params.identityId) } }
    },
  }),

  attachTokenAuth: defineOperation({
    method: 'POST',
    path,
    summary: 'Allow tokens to be issued to an identity without a login',
    auth: 'required',
    params: Path,
    body: TokenAuthInput,
    records: ['token-auth.attached'],
    success: { status: 201, description: 'Attached.', schema: TokenAuthAnswer },
    async run(ctx, { params, body }) {
      return { body: await attachTokenAuth(ctx, params.identityId, body) }
    },
  }),

  getTokenAuth: defineOperation({
    method: 'GET',
    path,
    summary: "Read an identity's Token Auth",
    auth: 'required',
    params: Path,
    success: { status: 200, description: 'Its grant.', schema: TokenAuthAnswer },
    async run(ctx, { params }) {
      return { body: await getTokenAuth(ctx, params.identityId) }
    },
  }),

  removeTokenAuth: defineOperation({
    method: 'DELETE',
    path,
    summary: "Remove an identity's Token Auth",
    description: 'Tokens issued through it stop working immediately.',
    auth: 'required',
    params: Path,
    records: ['token-auth.removed'],
    success: { status: 204, description: 'Gone.' },
    async run(ctx, { params }) {
      await removeTokenAuth(ctx, params.identityId)
      return { body: undefined }
    },
  }),

  createToken: defineOperation({
    method: 'POST',
    path: `${path}/tokens`,
    summary: 'Issue an access token',
    description: 'Only this answer contains its text.',
    auth: 'required',
    params: Path,
    body: TokenInput,
    records: ['access-token.issued'],
    success: { status: 201, description: 'Issued.', schema: IssuedTokenAnswer },
    async run(ctx, { params, body }) {
      const { id, accessToken, expiresIn } = await createToken(ctx, params.identityId, body.name)
      return { body: { id, accessToken, expiresIn } }
    },
  }),
}
