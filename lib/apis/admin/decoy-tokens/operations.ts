import { z } from 'zod'
import { createDecoyToken } from '@/lib/services/decoy-token/create-decoy-token'
import { listDecoyTokens } from '@/lib/services/decoy-token/list-decoy-tokens'
import { removeDecoyToken } from '@/lib/services/decoy-token/remove-decoy-token'
import { Id } from '@/lib/trust/uuid'
import { defineOperation } from '../../api'
import { DecoyTokenInput, DecoyTokenListAnswer, MadeDecoyTokenAnswer } from './wire'

const params = z.object({ identityId: Id })
const path = '/api/admin/identities/{identityId}/decoy-tokens'

export const decoyTokenOperations = {
  listDecoyTokens: defineOperation({
    method: 'GET',
    path,
    summary: 'List the decoy tokens of an identity',
    auth: 'required',
    params,
    success: { status: 200, description: 'Newest first.', schema: DecoyTokenListAnswer },
    async run(ctx, { params }) {
      return { body: { decoyTokens: await listDecoyTokens(ctx, params.identityId) } }
    },
  }),

  createDecoyToken: defineOperation({
    method: 'POST',
    path,
    summary: 'Make a decoy token',
    description:
      'It has the form of an access token of the identity but gives access to nothing: it is refused like any invalid token, and its use opens an incident immediately (`canary_used`). The identity must be a canary (400 `not_a_canary`): resource servers that verify access tokens offline accept a decoy until it expires (docs/canaries.md). Only this answer contains its text. Needs the role admin.',
    auth: 'required',
    params,
    body: DecoyTokenInput,
    records: ['decoy-token.made'],
    success: { status: 201, description: 'Made.', schema: MadeDecoyTokenAnswer },
    async run(ctx, { params, body }) {
      const { token, decoy } = await createDecoyToken(ctx, params.identityId, body)
      return { body: { ...decoy, token } }
    },
  }),

  removeDecoyToken: defineOperation({
    method: 'DELETE',
    path: '/api/admin/decoy-tokens/{decoyTokenId}',
    summary: 'Remove a decoy token',
    description: 'It still gives access to nothing, and its use no longer opens an incident. Needs the role admin.',
    auth: 'required',
    params: z.object({ decoyTokenId: Id }),
    records: ['decoy-token.removed'],
    success: { status: 204, description: 'Gone.' },
    async run(ctx, { params }) {
      await removeDecoyToken(ctx, params.decoyTokenId)
      return { body: undefined }
    },
  }),
}
