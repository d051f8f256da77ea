import { notFound } from '@/lib/errors'
import type { Context } from '@/lib/services/context'
import { getIdentity } from '@/lib/services/identity/get-identity'
import { login } from '@/lib/services/login/login'
import { createTrust } from '@/lib/services/trust/create-trust'
import { getTrustOfIdentity } from '@/lib/services/trust/find-trust'
import { removeTrust } from '@/lib/services/trust/remove-trust'
import { updateTrust } from '@/lib/services/trust/update-trust'
import type { Trust } from '@/lib/trust/trust'
import { defineOperation } from '../../api'
import { etag, versionExpected } from '../../preconditions'
import { refusal } from '../envelope'
import { IdentityPath, LoginBody, requireSameIdentity, TokenAnswer, toTokenAnswer } from '../protocol'
import { inWireWords } from '../wire-words'
import { toChangedDraft, toDraft, toWire } from './mapper'
import { JwtAuthAnswer, JwtAuthInput } from './wire'

const path = '/api/v1/auth/jwt-auth/identities/{identityId}'
const answers = { status: 200, description: 'The configuration.', schema: JwtAuthAnswer }

export const operations = {
  login: defineOperation({
    method: 'POST',
    path: '/api/v1/auth/jwt-auth/login',
    summary: 'Log in with a JWT',
    description:
      'Exchanges a token of a trusted issuer for an access token. A refusal carries a `reqId` under which the owner finds every check.',
    auth: 'none',
    body: LoginBody,
    success: { status: 200, description: 'Accepted.', schema: TokenAnswer },
    failures: {
      429: 'Too many refused logins.',
      503: 'The key source does not answer, or its certificate is not trusted.',
    },
    async run(ctx, { body }) {
      const outcome = await login(ctx, { identityId: body.identityId, token: body.jwt, method: 'jwt' })
      if (!outcome.accepted) throw refusal(outcome.check)
      return { body: toTokenAnswer(outcome.issued) }
    },
  }),

  attach: defineOperation({
    method: 'POST',
    path,
    summary: 'Attach JWT Auth to an identity',
    auth: 'required',
    params: IdentityPath,
    body: JwtAuthInput,
    success: answers,
    async run(ctx, { params, body }) {
      requireSameIdentity(params.identityId, body)
      const identity = await getIdentity(ctx, params.identityId)
      return reply(await inWireWords(wireField, createTrust(ctx, toDraft(identity.id, identity.name, body))))
    },
  }),

  get: defineOperation({
    method: 'GET',
    path,
    summary: "Read an identity's JWT Auth",
    auth: 'required',
    params: IdentityPath,
    success: answers,
    async run(ctx, { params }) {
      return reply(await getTrustOfIdentity(ctx, params.identityId, 'jwt'))
    },
  }),

  update: defineOperation({
    method: 'PATCH',
    path,
    summary: "Update an identity's JWT Auth",
    description:
      'What is omitted is kept. `If-Match` with the `ETag` of the last read refuses (412) when somebody changed it since.',
    auth: 'required',
    params: IdentityPath,
    body: JwtAuthInput,
    success: answers,
    failures: { 412: 'It changed since the version named in `If-Match`.' },
    async run(ctx, { params, body, headers }) {
      requireSameIdentity(params.identityId, body)
      const key = { identityId: params.identityId, method: 'jwt' as const }
      return reply(
        await inWireWords(
          wireField,
          updateTrust(ctx, key, (before) => toChangedDraft(before, body) ?? wordless(), versionExpected(headers)),
        ),
      )
    },
  }),

  revoke: defineOperation({
    method: 'DELETE',
    path,
    summary: 'Remove JWT Auth from an identity',
    description: 'Access tokens issued through it stop working at once.',
    auth: 'required',
    params: IdentityPath,
    success: answers,
    async run(ctx: Context, { params }) {
      return reply(await removeTrust(ctx, { identityId: params.identityId, method: 'jwt' }))
    },
  }),
}

/** Where a place in the domain stands on this wire. */
function wireField(path: (string | number)[]): (string | number)[] {
  if (path[0] === 'keys' && path[2] === 'pem' && typeof path[1] === 'number') return ['publicKeys', path[1]]
  if (path[0] === 'keys' && path[2] === 'caCert') return ['jwksCaCert']
  if (path[0] === 'keys') return ['jwksUrl']
  if (path[0] === 'grant') return ['accessTokenTTL']
  return path
}

function reply(trust: Trust) {
  const identityJwtAuth = toWire(trust) ?? wordless()
  return { body: { identityJwtAuth }, headers: etag(trust) }
}

function wordless(): never {
  throw notFound('This trust says more than this API has words for. See it in the dashboard.')
}
