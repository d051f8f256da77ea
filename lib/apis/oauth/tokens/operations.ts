import { AppError } from '@/lib/errors'
import { authenticateClient, clientRefusedReason } from '@/lib/services/access-token/authenticate-client'
import { introspectAccessToken } from '@/lib/services/access-token/introspect-access-token'
import { revokePresentedToken } from '@/lib/services/access-token/revoke-access-token'
import type { Context } from '@/lib/services/context'
import { defineOperation, jsonOrForm } from '../../api'
import { parseInput } from '../../field-issues'
import { clientCredentials } from '../client-credentials'
import { Introspect, IntrospectAnswer, Revoke } from './wire'

export const operations = {
  introspect: defineOperation({
    method: 'POST',
    path: '/api/v1/auth/token/introspect',
    summary: 'Introspect an access token',
    description:
      'RFC 7662, form or JSON. The caller authenticates with an access token of its own as bearer, or as an OAuth client: HTTP Basic or `client_secret_post`, with the id of its identity as client id and an access token as secret. Introspection counts as a use only with `count_use=true`.',
    auth: 'client',
    body: Introspect,
    bodyTypes: jsonOrForm,
    // Authenticates first: 401 before 400.
    parsesBody: true,
    // Called at every use of a token; counted uses are in the token's row, not in the audit.
    records: [],
    success: { status: 200, description: 'RFC 7662 §2.2.', schema: IntrospectAnswer },
    async run(ctx, { headers, body }) {
      const caller = await callerOf(ctx, headers, body)
      const { token, count_use } = parseInput(Introspect, body)
      return { body: await introspectAccessToken(caller, token, count_use === true || count_use === 'true') }
    },
  }),

  revoke: defineOperation({
    method: 'POST',
    path: '/oauth/revoke',
    summary: 'Revoke an access token',
    description:
      'RFC 7009, form or JSON. The holder of a token may revoke it; client credentials are optional, but must be correct if they are sent. An invalid token is answered 200 as well.',
    auth: 'none',
    anyOrigin: true,
    body: Revoke,
    bodyTypes: jsonOrForm,
    parsesBody: true,
    records: ['access-token.revoked'],
    success: { status: 200, description: 'The token is no longer valid. No body.' },
    failures: { 401: '`invalid_client`: the credentials that were sent are wrong.' },
    async run(ctx, { headers, body }) {
      const credentials = clientCredentials(headers, body)
      if (credentials) await authenticateClient(ctx, credentials)
      const { token } = parseInput(Revoke, body)
      await revokePresentedToken(ctx, token)
      return { body: undefined }
    },
  }),
}

/** @throws AppError `unauthenticated` without an actor */
async function callerOf(ctx: Context, headers: Headers, body: unknown): Promise<Context> {
  const credentials = clientCredentials(headers, body)
  if (credentials) return authenticateClient(ctx, credentials)
  if (ctx.actor.kind !== 'anonymous') return ctx
  const message = 'Authenticate with HTTP Basic, client_secret, or an access token as bearer.'
  throw new AppError('unauthenticated', message, { reason: clientRefusedReason })
}
