import type { z } from 'zod'
import { notFound } from '@/lib/errors'
import { getIdentity } from '@/lib/services/identity/get-identity'
import { login } from '@/lib/services/login/login'
import { createTrust } from '@/lib/services/trust/create-trust'
import { getTrustOfIdentity } from '@/lib/services/trust/find-trust'
import { removeTrust } from '@/lib/services/trust/remove-trust'
import { updateTrust } from '@/lib/services/trust/update-trust'
import type { IdentityKind } from '@/lib/trust/kinds'
import type { Trust, TrustDraft } from '@/lib/trust/trust'
import { defineOperation, jsonOrForm } from '../api'
import { etag, versionExpected } from '../preconditions'
import { refusal } from './envelope'
import { IdentityPath, LoginBody, TokenAnswer, toTokenAnswer } from './protocol'
import { inWireWords } from './wire-words'

/** Differences between Infisical's methods that use a trust. */
type MethodWords<Attach, Update, Answer> = {
  kind: IdentityKind
  /** Segment of its paths: `jwt-auth`. */
  slug: string
  title: string
  login: { summary: string; description: string; unavailable: string }
  attach: z.ZodType<Attach>
  update: z.ZodType<Update>
  answer: z.ZodType<Answer>
  toDraft: (identityId: string, name: string, sent: Attach) => z.input<typeof TrustDraft>
  /** Null for a trust that the API cannot represent. */
  toChangedDraft: (before: Trust, sent: Update) => z.input<typeof TrustDraft> | null
  toAnswer: (trust: Trust) => Answer | null
  /** Maps a path in the domain to one on the wire. */
  wireField: (path: (string | number)[]) => (string | number)[]
}

/** The five operations of every such method: login, attach, get, update, revoke. */
export function methodOperations<Attach, Update, Answer>(words: MethodWords<Attach, Update, Answer>) {
  const { kind, slug, title, wireField } = words
  const path = `/api/v1/auth/${slug}/identities/{identityId}`
  const answers = { status: 200, description: 'The configuration.', schema: words.answer }
  const unrepresentable = (): never => {
    throw notFound('This API cannot represent this trust. See it in the dashboard.')
  }
  const reply = (trust: Trust) => ({ body: words.toAnswer(trust) ?? unrepresentable(), headers: etag(trust) })

  return {
    login: defineOperation({
      method: 'POST',
      path: `/api/v1/auth/${slug}/login`,
      summary: words.login.summary,
      description: words.login.description,
      auth: 'none',
      anyOrigin: true,
      body: LoginBody,
      bodyTypes: jsonOrForm,
      records: ['decision'],
      success: { status: 200, description: 'Accepted.', schema: TokenAnswer },
      failures: { 429: 'Too many refused logins.', 503: words.login.unavailable },
      async run(ctx, { body }) {
        const { identityId, jwt: token, organizationSlug } = body
        const outcome = await login(ctx, { identityId, token, kind, organizationSlug })
        if (!outcome.accepted) throw refusal(outcome.check)
        return { body: toTokenAnswer(outcome.issued) }
      },
    }),

    attach: defineOperation({
      method: 'POST',
      path,
      summary: `Attach ${title} to an identity`,
      auth: 'required',
      params: IdentityPath,
      body: words.attach,
      records: ['trust.created'],
      success: answers,
      async run(ctx, { params, body }) {
        const { id, name } = await getIdentity(ctx, params.identityId)
        return reply(await inWireWords(wireField, createTrust(ctx, words.toDraft(id, name, body))))
      },
    }),

    get: defineOperation({
      method: 'GET',
      path,
      summary: `Read an identity's ${title}`,
      auth: 'required',
      params: IdentityPath,
      success: answers,
      async run(ctx, { params }) {
        return reply(await getTrustOfIdentity(ctx, params.identityId, kind))
      },
    }),

    update: defineOperation({
      method: 'PATCH',
      path,
      summary: `Update an identity's ${title}`,
      description:
        'What is omitted is kept. `If-Match` with the `ETag` of the last read refuses (412) when it has changed since.',
      auth: 'required',
      params: IdentityPath,
      body: words.update,
      records: ['trust.updated'],
      success: answers,
      failures: { 412: 'It changed since the version named in `If-Match`.' },
      async run(ctx, { params, body, headers }) {
        const key = { identityId: params.identityId, kind }
        const change = (before: Trust) => words.toChangedDraft(before, body) ?? unrepresentable()
        return reply(await inWireWords(wireField, updateTrust(ctx, key, change, versionExpected(headers))))
      },
    }),

    revoke: defineOperation({
      method: 'DELETE',
      path,
      summary: `Remove ${title} from an identity`,
      description: 'Access tokens issued through it stop working immediately.',
      auth: 'required',
      params: IdentityPath,
      records: ['trust.deleted'],
      success: answers,
      async run(ctx, { params }) {
        // A trust that cannot be shown is not removed.
        const place = { identityId: params.identityId, kind }
        return reply(await removeTrust(ctx, place, (before) => void reply(before)))
      },
    }),
  }
}
