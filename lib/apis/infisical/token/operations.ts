import { z } from 'zod'
import { renewAccessToken } from '@/lib/services/access-token/renew-access-token'
import { revokeOwnAccessToken } from '@/lib/services/access-token/revoke-access-token'
import { defineOperation, jsonOrForm } from '../../api'
import { TokenAnswer, toTokenAnswer } from '../protocol'

const Held = z.strictObject({ accessToken: z.string().min(1, 'Give the access token.').max(16_384) })

export const operations = {
  renew: defineOperation({
    method: 'POST',
    path: '/api/v1/auth/token/renew',
    summary: 'Renew an access token',
    description: 'The same token with a new expiry, never past its maximum TTL counted from first issue.',
    auth: 'none',
    anyOrigin: true,
    body: Held,
    bodyTypes: jsonOrForm,
    records: ['access-token.renewed'],
    success: { status: 200, description: 'Renewed.', schema: TokenAnswer },
    async run(ctx, { body }) {
      return { body: toTokenAnswer(await renewAccessToken(ctx, body.accessToken)) }
    },
  }),

  revoke: defineOperation({
    method: 'POST',
    path: '/api/v1/auth/token/revoke',
    summary: 'Revoke an access token',
    auth: 'none',
    anyOrigin: true,
    body: Held,
    bodyTypes: jsonOrForm,
    records: ['access-token.revoked'],
    success: { status: 200, description: 'It is dead.', schema: z.object({ message: z.string() }) },
    async run(ctx, { body }) {
      await revokeOwnAccessToken(ctx, body.accessToken)
      return { body: { message: 'Successfully revoked access token' } }
    },
  }),
}
