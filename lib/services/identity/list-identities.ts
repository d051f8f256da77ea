import { z } from 'zod'
import { contains } from '@/lib/db/contains'
import { type Identity, identityInclude, toIdentity } from '@/lib/db/identity-row'
import { roles } from '@/lib/trust/role'
import { requireAccess } from '../access'
import type { Context } from '../context'

/** What an identity must be: all that is given here. */
const IdentityMatch = z.strictObject({
  /** Part of the name or the id, whatever the case. */
  search: z.string().trim().max(255).optional(),
  /** One of these, exactly. */
  names: z.array(z.string()).optional(),
  roles: z.array(z.enum(roles)).optional(),
})
export type IdentityMatch = z.output<typeof IdentityMatch>

export const IdentityQuery = z.strictObject({
  search: z.string().trim().max(200).optional(),
  /** The exact name. */
  name: z.string().max(200).optional(),
  role: z.enum(roles).optional(),
  sort: z.enum(['name', 'role', 'createdAt', 'lastLoginAt']).default('name'),
  direction: z.enum(['asc', 'desc']).default('asc'),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
})

/** As `IdentityQuery`, for callers with more to say than fits an address. */
const IdentitySelection = IdentityQuery.extend({
  limit: z.int().min(1).max(1000).default(50),
  all: z.array(IdentityMatch).optional(),
  any: z.array(IdentityMatch).optional(),
})

/** A page of the organization's identities, and how many there are in all. */
export async function listIdentities(
  ctx: Context,
  query: z.input<typeof IdentitySelection> | z.output<typeof IdentityQuery>,
): Promise<{ identities: Identity[]; total: number }> {
  const { organizationId } = requireAccess(ctx, 'read')
  const { search, name, role, sort, direction, limit, offset, all = [], any } = IdentitySelection.parse(query)
  const own = { search, ...(name === undefined ? {} : { names: [name] }), ...(role ? { roles: [role] } : {}) }
  const where = {
    organizationId,
    AND: [...[own, ...all].map(toWhere), ...(any ? [{ OR: any.map(toWhere) }] : [])],
  }
  const [rows, total] = await Promise.all([
    ctx.db.identity.findMany({
      where,
      include: identityInclude,
      orderBy: [{ [sort]: direction }, { id: direction }],
      take: limit,
      skip: offset,
    }),
    ctx.db.identity.count({ where }),
  ])
  return { identities: rows.map(toIdentity), total }
}

const toWhere = ({ search, names, roles: ofRoles }: IdentityMatch) => ({
  ...(names ? { name: { in: names } } : {}),
  ...(ofRoles ? { role: { in: ofRoles } } : {}),
  ...(search ? { OR: [{ name: contains(search) }, { id: search.toLowerCase() }] } : {}),
})
