import { z } from 'zod'
import { AppError } from '@/lib/errors'
import { createIdentity } from '@/lib/services/identity/create-identity'
import { describeOrganization } from '@/lib/services/identity/describe-organization'
import { getIdentity } from '@/lib/services/identity/get-identity'
import { listIdentities } from '@/lib/services/identity/list-identities'
import { removeIdentity } from '@/lib/services/identity/remove-identity'
import { updateIdentity } from '@/lib/services/identity/update-identity'
import { defineOperation } from '../../api'
import { IdentityPath } from '../protocol'
import { toIdentityAnswer, toMembershipAnswer, toMetadata } from './mapper'
import { membershipOperations, requireOwnOrganization } from './membership-operations'
import { IdentitySearch, toMatches } from './search'
import { IdentityAnswer, IdentityCreate, IdentityDetails, IdentityList, IdentityUpdate, MembershipAnswer } from './wire'

const one = { status: 200, description: 'The identity.', schema: z.object({ identity: IdentityAnswer }) }
const page = {
  status: 200,
  description: 'A page of identities.',
  schema: z.object({ identities: z.array(MembershipAnswer), totalCount: z.number() }),
}

export const operations = {
  ...membershipOperations,

  create: defineOperation({
    method: 'POST',
    path: '/api/v1/identities',
    summary: 'Create a machine identity',
    auth: 'required',
    body: IdentityCreate,
    records: ['identity.created'],
    success: one,
    async run(ctx, { body: { organizationId, metadata, ...input } }) {
      requireOwnOrganization(ctx, organizationId)
      return {
        body: { identity: toIdentityAnswer(await createIdentity(ctx, { ...input, metadata: toMetadata(metadata) })) },
      }
    },
  }),

  list: defineOperation({
    method: 'GET',
    path: '/api/v1/identities',
    summary: 'List machine identities',
    auth: 'required',
    query: IdentityList,
    success: page,
    async run(ctx, { query }) {
      requireOwnOrganization(ctx, query.orgId)
      const { identities, total } = await listIdentities(ctx, { limit: 100 })
      return { body: { identities: identities.map(toMembershipAnswer), totalCount: total } }
    },
  }),

  search: defineOperation({
    method: 'POST',
    path: '/api/v1/identities/search',
    summary: 'Search machine identities',
    auth: 'required',
    body: IdentitySearch,
    records: [],
    success: page,
    async run(ctx, { body }) {
      const { orderBy, orderDirection, limit, offset } = body
      const { identities, total } = await listIdentities(ctx, {
        ...toMatches(body),
        sort: orderBy,
        direction: orderDirection,
        limit,
        offset,
      })
      return { body: { identities: identities.map(toMembershipAnswer), totalCount: total } }
    },
  }),

  details: defineOperation({
    method: 'GET',
    path: '/api/v1/identities/details',
    summary: 'Where the calling identity belongs',
    auth: 'required',
    success: { status: 200, description: 'Its organization.', schema: IdentityDetails },
    async run(ctx) {
      if (ctx.actor.kind !== 'identity') {
        throw new AppError('forbidden', 'This is for identities: send an access token, not a dashboard session.')
      }
      return { body: { identityDetails: { organization: await describeOrganization(ctx) } } }
    },
  }),

  get: defineOperation({
    method: 'GET',
    path: '/api/v1/identities/{identityId}',
    summary: 'Read a machine identity',
    auth: 'required',
    params: IdentityPath,
    success: { status: 200, description: 'The identity.', schema: z.object({ identity: MembershipAnswer }) },
    async run(ctx, { params }) {
      return { body: { identity: toMembershipAnswer(await getIdentity(ctx, params.identityId)) } }
    },
  }),

  update: defineOperation({
    method: 'PATCH',
    path: '/api/v1/identities/{identityId}',
    summary: 'Update a machine identity',
    auth: 'required',
    params: IdentityPath,
    body: IdentityUpdate,
    records: ['identity.updated'],
    success: one,
    async run(ctx, { params, body: { metadata, ...input } }) {
      const identity = await updateIdentity(ctx, params.identityId, { ...input, metadata: toMetadata(metadata) })
      return { body: { identity: toIdentityAnswer(identity) } }
    },
  }),

  remove: defineOperation({
    method: 'DELETE',
    path: '/api/v1/identities/{identityId}',
    summary: 'Delete a machine identity',
    description: 'Its methods and access tokens go with it. One that is protected answers 400.',
    auth: 'required',
    params: IdentityPath,
    records: ['identity.deleted'],
    success: one,
    async run(ctx, { params }) {
      return { body: { identity: toIdentityAnswer(await removeIdentity(ctx, params.identityId)) } }
    },
  }),
}
