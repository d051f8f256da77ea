import { z } from 'zod'
import {
  getTrustVersion,
  listTrustVersions,
  restoreTrustVersion,
  TrustVersionsQuery,
} from '@/lib/services/trust/trust-versions'
import { toPublished } from '@/lib/trust/published-trust'
import { Id } from '@/lib/trust/uuid'
import { defineOperation } from '../../api'
import { etag, versionExpected } from '../../preconditions'
import { ChangeReasons, justified, TrustAnswer, TrustVersionListAnswer } from './wire'

const path = '/api/admin/trusts/{trustId}/versions'
const One = z.object({ trustId: Id, version: z.coerce.number().int().min(1).max(2_147_483_647) })

/** Operations on what a trust was before. */
export const trustVersionOperations = {
  listTrustVersions: defineOperation({
    method: 'GET',
    path,
    summary: 'List the versions of a trust',
    description: 'One version for each change. Removed trusts are included.',
    auth: 'required',
    params: z.object({ trustId: Id }),
    query: TrustVersionsQuery,
    success: { status: 200, description: 'Newest first.', schema: TrustVersionListAnswer },
    async run(ctx, { params, query }) {
      return { body: await listTrustVersions(ctx, params.trustId, query) }
    },
  }),

  getTrustVersion: defineOperation({
    method: 'GET',
    path: `${path}/{version}`,
    summary: 'Read a trust as it was',
    auth: 'required',
    params: One,
    success: { status: 200, description: 'The trust.', schema: TrustAnswer },
    async run(ctx, { params }) {
      return { body: toPublished(await getTrustVersion(ctx, params.trustId, params.version)) }
    },
  }),

  restoreTrustVersion: defineOperation({
    method: 'POST',
    path: `${path}/{version}/restore`,
    summary: 'Restore a version of a trust',
    description: `A change like any other, which adds a version. Name and identity do not change. With \`If-Match\`, only if it is unchanged since (412). ${justified}`,
    auth: 'required',
    params: One,
    body: ChangeReasons.strict(),
    records: ['trust.updated', 'project.created'],
    success: { status: 200, description: 'The trust; its version is the `ETag`.', schema: TrustAnswer },
    failures: { 412: 'It changed since the version named in `If-Match`.' },
    async run(ctx, { params, body, headers }) {
      const place = { ...params, versionExpected: versionExpected(headers) }
      const trust = await restoreTrustVersion(ctx, place, { isRequired: true, ...body })
      return { body: toPublished(trust), headers: etag(trust) }
    },
  }),
}
