import type { z } from 'zod'
import type { Identity } from '@/lib/services/identity/get-identity'
import type { IdentityAnswer, IdentityCreate, MembershipAnswer, ProjectMembershipAnswer } from './wire'

/** Names of login methods in Infisical's API. A trust of another kind is no auth method there. */
const authMethods: Record<string, string> = { jwt: 'jwt-auth', oidc: 'oidc-auth', token: 'token-auth' }

const toAuthMethods = (methods: string[]) => methods.flatMap((method) => authMethods[method] ?? [])

/** Converts either form of metadata to pairs. */
export function toMetadata(sent: z.output<typeof IdentityCreate>['metadata']) {
  if (sent === undefined) return undefined
  return Array.isArray(sent) ? sent : Object.entries(sent).map(([key, value]) => ({ key, value }))
}

export const toIdentityAnswer = (identity: Identity): z.output<typeof IdentityAnswer> => ({
  id: identity.id,
  name: identity.name,
  orgId: identity.organizationId,
  authMethods: toAuthMethods(identity.methods),
  metadata: identity.metadata,
  hasDeleteProtection: identity.hasDeleteProtection,
  createdAt: identity.createdAt.toISOString(),
  updatedAt: identity.updatedAt.toISOString(),
})

/** Infisical distinguishes an identity from its membership; here both are one, with one id. */
export const toMembershipAnswer = (identity: Identity): z.output<typeof MembershipAnswer> => ({
  id: identity.id,
  role: identity.role,
  orgId: identity.organizationId,
  identityId: identity.id,
  metadata: identity.metadata,
  lastLoginAuthMethod: identity.lastLoginMethod ? authMethods[identity.lastLoginMethod] : undefined,
  lastLoginTime: identity.lastLoginAt?.toISOString(),
  createdAt: identity.createdAt.toISOString(),
  updatedAt: identity.updatedAt.toISOString(),
  identity: {
    id: identity.id,
    name: identity.name,
    orgId: identity.organizationId,
    hasDeleteProtection: identity.hasDeleteProtection,
    authMethods: toAuthMethods(identity.methods),
  },
})

/** Represents the organization as a project, with an identity as its member. */
export const toProjectMembershipAnswer = (
  identity: Identity,
  organization: { id: string; name: string },
): z.output<typeof ProjectMembershipAnswer> => ({
  id: identity.id,
  identityId: identity.id,
  createdAt: identity.createdAt.toISOString(),
  updatedAt: identity.updatedAt.toISOString(),
  roles: [{ id: identity.id, role: identity.role, isTemporary: false }],
  identity: {
    id: identity.id,
    name: identity.name,
    hasDeleteProtection: identity.hasDeleteProtection,
    authMethods: toAuthMethods(identity.methods),
  },
  project: { id: organization.id, name: organization.name },
})
