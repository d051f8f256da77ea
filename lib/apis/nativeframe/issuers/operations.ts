import { AppError, notFound } from '@/lib/errors'
import { requireAccess } from '@/lib/services/access'
import { effectiveKeys } from '@/lib/services/keys/effective-keys'
import { findStandaloneIssuer } from '@/lib/services/login/find-standalone-issuer'
import { loginByIssuer } from '@/lib/services/login/login-by-issuer'
import { tryToken } from '@/lib/services/login/try-token'
import { createTrust } from '@/lib/services/trust/create-trust'
import { getTrustBy } from '@/lib/services/trust/find-trust'
import { listStandaloneIssuers } from '@/lib/services/trust/list-standalone-issuers'
import { removeTrust } from '@/lib/services/trust/remove-trust'
import { requireChangeable } from '@/lib/services/trust/require-changeable'
import { updateTrust } from '@/lib/services/trust/update-trust'
import { issuer } from '@/lib/trust/kinds'
import type { Trust } from '@/lib/trust/trust'
import { defineOperation, jsonOrForm } from '../../api'
import { etag, versionExpected } from '../../preconditions'
import { retryAfterSeconds } from '../../refusal-kind'
import { refusal } from '../envelope'
import { toKey, toReplaceable } from './issuer-key'
import { toCheckAnswer, toDraft, toReplacedDraft, toTokenAnswer, toWire } from './mapper'
import { parseIssuer } from './parse-issuer'
import {
  Issuer,
  IssuerInput,
  IssuerListAnswer,
  IssuerPath,
  IssuerQuery,
  KeysAnswer,
  KeysQuery,
  TestAnswer,
  TestInput,
  TokenAnswer,
  TokenInput,
} from './wire'

const path = '/auth/v1/issuers'
const inPath = `${path}/{iss}`
const one = {
  description: 'The issuer; its version is the `ETag`, its other address the `Content-Location`.',
  schema: Issuer,
}
const changed = { 412: 'It changed since the version named in `If-Match`.' }

export const operations = {
  list: defineOperation({
    method: 'GET',
    path,
    summary: 'List issuers',
    auth: 'required',
    query: IssuerQuery,
    success: {
      status: 200,
      description: 'By name. `total` counts all pages; from 200 beyond this one on it is the least there are.',
      schema: IssuerListAnswer,
    },
    async run(ctx, { query }) {
      // Trusts that this API cannot represent are left out before paging, so that pages are full.
      return { body: await listStandaloneIssuers(ctx, query, toWire) }
    },
  }),

  create: defineOperation({
    method: 'POST',
    path,
    summary: 'Create an issuer',
    description: 'A project is made when it is named for the first time.',
    auth: 'required',
    body: IssuerInput,
    wholeNumbers: true,
    parsesBody: true,
    records: ['trust.created', 'project.created'],
    success: { status: 201, ...one },
    failures: { 409: 'The organization has an issuer of that name already.' },
    async run(ctx, { body }) {
      requireAccess(ctx, 'write')
      const input = parseIssuer(body)
      const { headers, ...reply } = answer(await createTrust(ctx, toDraft(input)))
      return { ...reply, headers: { ...headers, location: `${path}/${encodeURIComponent(input.iss)}` } }
    },
  }),

  get: defineOperation({
    method: 'GET',
    path: inPath,
    summary: 'Read an issuer',
    auth: 'required',
    params: IssuerPath,
    success: { status: 200, ...one },
    async run(ctx, { params }) {
      return answer(await getTrustBy(ctx, toKey(params.iss)))
    },
  }),

  replace: defineOperation({
    method: 'PUT',
    path: inPath,
    summary: 'Update an issuer',
    description:
      'Replaces `project`, `JWKsURL`, `aud`, `roles`, `prm` and `keys`; what is absent becomes empty. An unknown issuer is not made (404). An issuer cannot be renamed.',
    auth: 'required',
    params: IssuerPath,
    body: IssuerInput,
    wholeNumbers: true,
    parsesBody: true,
    records: ['trust.updated', 'project.created'],
    success: { status: 200, ...one },
    failures: changed,
    async run(ctx, { params, body, headers }) {
      requireAccess(ctx, 'write')
      const stored = requireRepresentable(requireChangeable(await getTrustBy(ctx, toKey(params.iss))))
      const input = parseIssuer(body, toReplaceable(stored))
      // Checked again in the transaction: parts that this API cannot represent must not be lost.
      const change = (before: Trust) => toReplacedDraft(requireRepresentable(before), input)
      const key = { id: stored.id, kind: issuer.kind }
      return answer(await updateTrust(ctx, key, change, versionExpected(headers)))
    },
  }),

  remove: defineOperation({
    method: 'DELETE',
    path: inPath,
    summary: 'Delete an issuer',
    description: 'Access tokens issued through it stop working immediately.',
    auth: 'required',
    params: IssuerPath,
    records: ['trust.deleted'],
    success: { status: 204, description: 'Gone.' },
    async run(ctx, { params }) {
      await removeTrust(ctx, toKey(params.iss), requireRepresentable)
      return { body: undefined }
    },
  }),

  test: defineOperation({
    method: 'POST',
    path: `${inPath}/test`,
    summary: 'Try a token against an issuer',
    description: 'Answers 200 with every check, whether or not the token is accepted. Nothing is issued.',
    auth: 'required',
    params: IssuerPath,
    body: TestInput,
    records: ['decision'],
    success: { status: 200, description: 'The verdict.', schema: TestAnswer },
    async run(ctx, { params, body }) {
      const { accepted, checks } = await tryToken(ctx, await getTrustBy(ctx, toKey(params.iss)), body.token)
      return { body: { accepted, decisionId: ctx.requestId, checks: checks.map(toCheckAnswer) } }
    },
  }),

  keys: defineOperation({
    method: 'GET',
    path: '/auth/v1/jwks',
    summary: "Read an issuer's public keys",
    description:
      'The keys that verify its tokens now, as a JWK Set: those of the URL, then the supplied ones whose kid the URL does not have.',
    auth: 'none',
    anyOrigin: true,
    query: KeysQuery,
    success: { status: 200, description: 'RFC 7517 §5.', schema: KeysAnswer },
    failures: { 404: 'There is no such issuer.', 503: 'The key source does not answer, and no key was supplied.' },
    async run(ctx, { query: { iss, ...place } }) {
      const trust = await findStandaloneIssuer(ctx, iss, place)
      if (!trust) throw notFound('There is no such issuer.')
      const { keys, unavailable } = await effectiveKeys(ctx, trust)
      const [first] = unavailable
      if (keys.length === 0 && first) throw new AppError('unavailable', first.failure.message, { retryAfterSeconds })
      return { body: { keys: keys.map(({ jwk }) => jwk) } }
    },
  }),

  login: defineOperation({
    method: 'POST',
    path: '/auth/v1/tokens',
    summary: 'Exchange a token of an issuer for an access token',
    description:
      "The issuer is found by the token's `iss`. The access token carries `roles` and `prm` exactly and belongs to the issuer: it has no role here, and dies with it. A refusal's `X-Request-Id` is the decision under which the owner finds every check.",
    auth: 'none',
    anyOrigin: true,
    body: TokenInput,
    bodyTypes: jsonOrForm,
    records: ['decision'],
    success: { status: 200, description: 'Accepted.', schema: TokenAnswer },
    failures: {
      403: 'The token is genuine, but says what this issuer may not.',
      404: 'No such issuer is trusted here.',
      429: 'Too many refused logins.',
      503: 'The key source does not answer, or its certificate is not trusted.',
    },
    async run(ctx, { body }) {
      const outcome = await loginByIssuer(ctx, body)
      if (!outcome.accepted) throw refusal(outcome.check)
      const { issued, carried } = outcome
      return { body: toTokenAnswer(issued, carried, ctx.requestId) }
    },
  }),
}

/** @throws AppError `not-found` for a trust that this API cannot represent */
const answer = (trust: Trust) => ({
  body: toWire(trust) ?? unrepresentable(),
  headers: { ...etag(trust), 'content-location': `${path}/id:${trust.id}` },
})

/** Returns a trust that this API can represent. @throws AppError `not-found` for any other */
const requireRepresentable = (trust: Trust): Trust => (toWire(trust) ? trust : unrepresentable())

function unrepresentable(): never {
  throw notFound('This API cannot represent this issuer. See it in the dashboard.')
}
