import { z } from 'zod'
import { introspectAccessToken } from '@/lib/services/access-token/introspect-access-token'
import { renewAccessToken } from '@/lib/services/access-token/renew-access-token'
import { revokeOwnAccessToken } from '@/lib/services/access-token/revoke-access-token'
import { defineOperation, jsonOrForm } from '../../api'
import { TokenAnswer, toTokenAnswer } from '../protocol'

const Held = z.strictObject({ accessToken: z.string().min(1, 'Give the access token.').max(16_384) })

const Introspect = z.object({
  token: z.string().min(1, 'Give the access token.').max(16_384),
  token_type_hint: z.string().max(100).optional(),
  count_use: z
    .union([z.boolean(), z.enum(['true', 'false'])])
    .optional()
    .meta({ description: 'Whether asking is a use.' }),
})

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

  introspect: defineOperation({
    method: 'POST',
    path: '/api/v1/auth/token/introspect',
    summary: 'Ask whether an access token counts',
    description:
      'RFC 7662, form or JSON. The caller must itself be signed in. Asking is a use only with `count_use=true`.',
    auth: 'required',
    body: Introspect,
    bodyTypes: ['application/x-www-form-urlencoded', 'application/json'],
    // Asked at every use of a token; a use that is counted stands in the token's own row.
    records: [],
    success: {
      status: 200,
      description: 'RFC 7662 §2.2.',
      schema: z.looseObject({ active: z.boolean(), sub: z.string().optional(), exp: z.number().optional() }),
    },
    async run(ctx, { body }) {
      const countUse = body.count_use === true || body.count_use === 'true'
      return { body: await introspectAccessToken(ctx, body.token, countUse) }
    },
  }),
}
