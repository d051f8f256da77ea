import { z } from 'zod'
import { Metadata, Name } from '@/lib/model/identity'
import { roles } from '@/lib/trust/role'
import { Id } from '@/lib/trust/uuid'

/** Infisical's organization roles have the same names as ours. */
const Role = z.enum(roles)

/** Metadata as a list of pairs, or as an object. */
const MetadataInput = z.union([Metadata, z.record(z.string(), z.string())])

export const IdentityCreate = z.strictObject({
  name: Name,
  organizationId: Id.optional(),
  role: Role.default('no-access'),
  hasDeleteProtection: z.boolean().default(false),
  metadata: MetadataInput.optional(),
})

export const IdentityUpdate = z.strictObject({
  name: Name.optional(),
  role: Role.optional(),
  hasDeleteProtection: z.boolean().optional(),
  metadata: MetadataInput.optional(),
})

export const IdentityList = z.strictObject({ orgId: Id.optional() })

const Pair = z.object({ key: z.string(), value: z.string() })

export const IdentityAnswer = z
  .object({
    id: z.uuid(),
    name: z.string(),
    orgId: z.uuid(),
    authMethods: z.array(z.string()),
    metadata: z.array(Pair),
    hasDeleteProtection: z.boolean(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Identity' })

export const MembershipAnswer = z
  .object({
    id: z.uuid(),
    role: Role,
    orgId: z.uuid(),
    identityId: z.uuid(),
    metadata: z.array(Pair),
    lastLoginAuthMethod: z.string().optional(),
    lastLoginTime: z.iso.datetime().optional(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    identity: z.object({
      id: z.uuid(),
      name: z.string(),
      orgId: z.uuid(),
      hasDeleteProtection: z.boolean(),
      authMethods: z.array(z.string()),
    }),
  })
  .meta({ id: 'IdentityMembership' })

/** Membership of an identity in a project: the organization is the only project. */
export const ProjectMembershipAnswer = z.object({
  id: z.uuid(),
  identityId: z.uuid(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  roles: z.array(z.object({ id: z.uuid(), role: Role, isTemporary: z.boolean() })),
  identity: z.object({
    id: z.uuid(),
    name: z.string(),
    hasDeleteProtection: z.boolean(),
    authMethods: z.array(z.string()),
  }),
  project: z.object({ id: z.uuid(), name: z.string() }),
})

export const MembershipQuery = z.strictObject({
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  orderBy: z.enum(['name', 'role']).default('name'),
  orderDirection: z.enum(['asc', 'desc']).default('asc'),
  search: z.string().trim().max(200).optional(),
})

export const IdentityDetails = z.object({
  identityDetails: z.object({ organization: z.object({ id: z.uuid(), name: z.string(), slug: z.string() }) }),
})
