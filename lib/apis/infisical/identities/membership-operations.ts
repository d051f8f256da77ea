import { z } from 'zod'
import { notFound } from '@/lib/errors'
import type { Context } from '@/lib/services/context'
import { describeOrganization } from '@/lib/services/identity/describe-organization'
import { getIdentity } from '@/lib/services/identity/get-identity'
import { listIdentities } from '@/lib/services/identity/list-identities'
import { Id } from '@/lib/trust/uuid'
import { defineOperation } from '../../api'
import { IdentityPath } from '../protocol'
import { toMembershipAnswer, toProjectMembershipAnswer } from './mapper'
import { MembershipAnswer, MembershipQuery, ProjectMembershipAnswer } from './wire'

/** Memberships of identities and of projects. There is one organization, hence one project. */
export const membershipOperations = {
  listMemberships: defineOperation({
    method: 'GET',
    path: '/api/v1/identities/{identityId}/identity-memberships',
    summary: 'List where a machine identity belongs',
    description: 'The organization, in the form in which Infisical lists projects.',
    auth: 'required',
    params: IdentityPath,
    success: {
      status: 200,
      description: 'The one membership.',
      schema: z.object({ identityMemberships: z.array(ProjectMembershipAnswer) }),
    },
    async run(ctx, { params }) {
      const identity = await getIdentity(ctx, params.identityId)
      const organization = await describeOrganization(ctx)
      return { body: { identityMemberships: [toProjectMembershipAnswer(identity, organization)] } }
    },
  }),

  listOfOrganization: defineOperation({
    method: 'GET',
    path: '/api/v2/organizations/{orgId}/identity-memberships',
    summary: 'List the machine identities of an organization',
    auth: 'required',
    params: z.object({ orgId: Id }),
    query: MembershipQuery,
    success: {
      status: 200,
      description: 'A page of identities.',
      schema: z.object({ identityMemberships: z.array(MembershipAnswer), totalCount: z.number() }),
    },
    async run(ctx, { params, query: { orderBy, orderDirection, ...page } }) {
      requireOwnOrganization(ctx, params.orgId)
      const { identities, total } = await listIdentities(ctx, { ...page, sort: orderBy, direction: orderDirection })
      return { body: { identityMemberships: identities.map(toMembershipAnswer), totalCount: total } }
    },
  }),
}

/** Another organization is answered as not found. */
export function requireOwnOrganization(ctx: Context, organizationId: string | undefined) {
  if (organizationId !== undefined && organizationId !== ctx.organizationId) {
    throw notFound('There is no organization with that id.')
  }
}
