import { z } from 'zod'
import { getIdentity } from '@/lib/services/identity/get-identity'
import { createTrust } from '@/lib/services/trust/create-trust'
import { getTrustOfIdentity } from '@/lib/services/trust/find-trust'
import { listTrustRules, TrustRulesQuery } from '@/lib/services/trust/list-trust-rules'
import { listTrusts, TrustQuery } from '@/lib/services/trust/list-trusts'
import { removeTrust } from '@/lib/services/trust/remove-trust'
import { updateTrust } from '@/lib/services/trust/update-trust'
import { identityKinds, kindPart, kinds } from '@/lib/trust/kinds'
import { toPublished } from '@/lib/trust/published-trust'
import type { Trust } from '@/lib/trust/trust'
import { Id } from '@/lib/trust/uuid'
import { defineOperation } from '../../api'
import { versionExpected } from '../../preconditions'
import { standaloneTrustOperations } from './standalone-operations'
import { trustReply } from './trust-reply'
import { trustVersionOperations } from './version-operations'
import { justified, TrustAnswer, TrustInput, TrustListAnswer, TrustRulesAnswer } from './wire'

const Place = z.object({ identityId: Id, method: z.enum(identityKinds) })
const path = '/api/admin/identities/{identityId}/trusts/{method}'
const one = { status: 200, description: 'The trust; its version is the `ETag`.', schema: TrustAnswer }

export const trustOperations = {
  listTrusts: defineOperation({
    method: 'GET',
    path: '/api/admin/trusts',
    summary: 'List trusts',
    auth: 'required',
    query: TrustQuery,
    success: { status: 200, description: 'A page.', schema: TrustListAnswer },
    async run(ctx, { query }) {
      const { trusts, next } = await listTrusts(ctx, query)
      return { body: { trusts: trusts.map(toPublished), next } }
    },
  }),

  listTrustRules: defineOperation({
    method: 'GET',
    path: '/api/admin/trust-rules',
    summary: 'List the rules of trusts',
    description: 'Issuer and rules of every trust, to find the trusts nearest to a token without sending it.',
    auth: 'required',
    query: TrustRulesQuery,
    success: { status: 200, description: 'A page.', schema: TrustRulesAnswer },
    async run(ctx, { query }) {
      return { body: await listTrustRules(ctx, query) }
    },
  }),

  ...standaloneTrustOperations,
  ...trustVersionOperations,

  getIdentityTrust: defineOperation({
    method: 'GET',
    path,
    summary: "Read an identity's trust",
    auth: 'required',
    params: Place,
    success: one,
    async run(ctx, { params }) {
      return trustReply(await getTrustOfIdentity(ctx, params.identityId, params.method))
    },
  }),

  attachIdentityTrust: defineOperation({
    method: 'POST',
    path,
    summary: 'Give an identity a trust',
    description: justified,
    auth: 'required',
    params: Place,
    body: TrustInput,
    records: ['trust.created'],
    success: { ...one, status: 201 },
    async run(ctx, { params: { identityId, method }, body: { options, reason, override, ...policy } }) {
      const identity = await getIdentity(ctx, identityId)
      const part = kinds.schema.parse({ kind: method, options })
      const draft = { ...policy, name: policy.name ?? identity.name, identityId, ...part }
      return trustReply(await createTrust(ctx, draft, { justification: { isRequired: true, reason, override } }))
    },
  }),

  replaceIdentityTrust: defineOperation({
    method: 'PUT',
    path,
    summary: "Replace an identity's trust",
    description: `With \`If-Match\`, only if it is unchanged since (412). ${justified}`,
    auth: 'required',
    params: Place,
    body: TrustInput,
    records: ['trust.updated'],
    success: one,
    failures: { 412: 'It changed since the version named in `If-Match`.' },
    async run(ctx, { params: { identityId, method }, body: { options, reason, override, ...policy }, headers }) {
      const change = (before: Trust) => ({
        ...policy,
        name: policy.name ?? before.name,
        identityId,
        ...(options ? kinds.schema.parse({ kind: method, options }) : kindPart(before)),
      })
      const key = { identityId, kind: method }
      const justification = { isRequired: true, reason, override }
      return trustReply(await updateTrust(ctx, key, change, versionExpected(headers), { justification }))
    },
  }),

  removeIdentityTrust: defineOperation({
    method: 'DELETE',
    path,
    summary: "Remove an identity's trust",
    description: 'Access tokens issued through it stop working immediately.',
    auth: 'required',
    params: Place,
    records: ['trust.deleted'],
    success: { status: 204, description: 'Gone.' },
    async run(ctx, { params: { identityId, method } }) {
      await removeTrust(ctx, { identityId, kind: method })
      return { body: undefined }
    },
  }),
}
