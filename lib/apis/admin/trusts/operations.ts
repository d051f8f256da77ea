import { z } from 'zod'
import { getIdentity } from '@/lib/services/identity/get-identity'
import { createTrust } from '@/lib/services/trust/create-trust'
import { getTrustOfIdentity } from '@/lib/services/trust/find-trust'
import { listTrusts, TrustQuery } from '@/lib/services/trust/list-trusts'
import { removeTrust } from '@/lib/services/trust/remove-trust'
import { updateTrust } from '@/lib/services/trust/update-trust'
import { identityKinds, kindPart, kinds } from '@/lib/trust/kinds'
import { toPublished } from '@/lib/trust/published-trust'
import type { Trust } from '@/lib/trust/trust'
import { Id } from '@/lib/trust/uuid'
import { defineOperation } from '../../api'
import { etag, versionExpected } from '../../preconditions'
import { standaloneTrustOperations } from './standalone-operations'
import { TrustAnswer, TrustInput, TrustListAnswer } from './wire'

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

  ...standaloneTrustOperations,

  getIdentityTrust: defineOperation({
    method: 'GET',
    path,
    summary: "Read an identity's trust",
    auth: 'required',
    params: Place,
    success: one,
    async run(ctx, { params }) {
      return reply(await getTrustOfIdentity(ctx, params.identityId, params.method))
    },
  }),

  attachIdentityTrust: defineOperation({
    method: 'POST',
    path,
    summary: 'Give an identity a trust',
    auth: 'required',
    params: Place,
    body: TrustInput,
    records: ['trust.created'],
    success: { ...one, status: 201 },
    async run(ctx, { params: { identityId, method }, body: { options, ...policy } }) {
      const identity = await getIdentity(ctx, identityId)
      const part = kinds.schema.parse({ kind: method, options })
      return reply(await createTrust(ctx, { ...policy, name: policy.name ?? identity.name, identityId, ...part }))
    },
  }),

  replaceIdentityTrust: defineOperation({
    method: 'PUT',
    path,
    summary: "Replace an identity's trust",
    description: 'With `If-Match`, only if it is unchanged since (412).',
    auth: 'required',
    params: Place,
    body: TrustInput,
    records: ['trust.updated'],
    success: one,
    failures: { 412: 'It changed since the version named in `If-Match`.' },
    async run(ctx, { params: { identityId, method }, body: { options, ...policy }, headers }) {
      const change = (before: Trust) => ({
        ...policy,
        name: policy.name ?? before.name,
        identityId,
        ...(options ? kinds.schema.parse({ kind: method, options }) : kindPart(before)),
      })
      return reply(await updateTrust(ctx, { identityId, kind: method }, change, versionExpected(headers)))
    },
  }),

  removeIdentityTrust: defineOperation({
    method: 'DELETE',
    path,
    summary: "Remove an identity's trust",
    description: 'Access tokens issued through it stop working at once.',
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

const reply = (trust: Trust) => ({ body: toPublished(trust), headers: etag(trust) })
