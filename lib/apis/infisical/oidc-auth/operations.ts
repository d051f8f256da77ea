import { notFound } from '@/lib/errors'
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
import { OidcAuthAnswer, OidcAuthAttach, OidcAuthUpdate } from './wire'

const path = '/api/v1/auth/oidc-auth/identities/{identityId}'
const answers = { status: 200, description: 'The configuration.', schema: OidcAuthAnswer }

export const operations = {
  login: defineOperation({
    method: 'POST',
    path: '/api/v1/auth/oidc-auth/login',
    summary: 'Log in with an ID token of an OpenID provider',
    description: 'As with JWT Auth; keys are found through the discovery document.',
    auth: 'none',
    body: LoginBody,
    success: { status: 200, description: 'Accepted.', schema: TokenAnswer },
    failures: {
      429: 'Too many refused logins.',
      503: 'The provider does not answer, or its certificate is not trusted.',
    },
    async run(ctx, { body }) {
      const outcome = await login(ctx, { identityId: body.identityId, token: body.jwt, method: 'oidc' })
      if (!outcome.accepted) throw refusal(outcome.check)
      return { body: toTokenAnswer(outcome.issued) }
    },
  }),

  attach: defineOperation({
    method: 'POST',
    path,
    summary: 'Attach OIDC Auth to an identity',
    auth: 'required',
    params: IdentityPath,
    body: OidcAuthAttach,
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
    summary: "Read an identity's OIDC Auth",
    auth: 'required',
    params: IdentityPath,
    success: answers,
    async run(ctx, { params }) {
      return reply(await getTrustOfIdentity(ctx, params.identityId, 'oidc'))
    },
  }),

  update: defineOperation({
    method: 'PATCH',
    path,
    summary: "Update an identity's OIDC Auth",
    description:
      'What is omitted is kept. `If-Match` with the `ETag` of the last read refuses (412) when somebody changed it since.',
    auth: 'required',
    params: IdentityPath,
    body: OidcAuthUpdate,
    success: answers,
    failures: { 412: 'It changed since the version named in `If-Match`.' },
    async run(ctx, { params, body, headers }) {
      requireSameIdentity(params.identityId, body)
      const change = (before: Trust) => toChangedDraft(before, body) ?? wordless()
      const key = { identityId: params.identityId, method: 'oidc' as const }
      return reply(await inWireWords(wireField, updateTrust(ctx, key, change, versionExpected(headers))))
    },
  }),

  revoke: defineOperation({
    method: 'DELETE',
    path,
    summary: 'Remove OIDC Auth from an identity',
    description: 'Access tokens issued through it stop working at once.',
    auth: 'required',
    params: IdentityPath,
    success: answers,
    async run(ctx, { params }) {
      return reply(await removeTrust(ctx, { identityId: params.identityId, method: 'oidc' }))
    },
  }),
}

/** Where a place in the domain stands on this wire. */
function wireField(path: (string | number)[]): (string | number)[] {
  if (path[0] === 'keys') return [path[2] === 'caCert' ? 'caCert' : 'oidcDiscoveryUrl']
  if (path[0] === 'grant') return [path[1] === 'metadata' ? 'claimMetadataMapping' : 'accessTokenTTL']
  return path
}

function reply(trust: Trust) {
  const identityOidcAuth = toWire(trust) ?? wordless()
  return { body: { identityOidcAuth }, headers: etag(trust) }
}

function wordless(): never {
  throw notFound('This trust says more than this API has words for. See it in the dashboard.')
}
