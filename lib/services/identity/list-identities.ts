import { z } from 'zod'
import { contains } from '@/lib/db/contains'
import { type Identity, identityInclude, toIdentity } from '@/lib/db/identity-row'
import { roles } from '@/lib/trust/role'
import { requireAccess } from '../access'
import type { Context } from '../context'

export const IdentityQuery = z.strictObject({
  /** Part of the name or the id, whatever the case. */
  search: z.string().trim().max(200).optional(),
  /** The exact name. */
  name: z.string().max(200).optional(),
  role: z.enum(roles).optional(),
  sort: z.enum(['name', 'role', 'createdAt', 'lastLoginAt']).default('name'),
  direction: z.enum(['asc', 'desc']).default('asc'),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
})

/** A page of the organization's identities, and how many there are in all. */
export async function listIdentities(
  ctx: Context,
  query: z.input<typeof IdentityQuery>,
): Promise<{ identities: Identity[]; total: number }> {
  const { organizationId } = requireAccess(ctx, 'read')
  const { search, name, role, sort, direction, limit, offset } = IdentityQuery.parse(query)
  const where = {
    organizationId,
    ...(name === undefined ? {} : { name }),
    ...(role ? { role } : {}),
    ...(search ? { OR: [{ name: contains(search) }, { id: search.toLowerCase() }] } : {}),
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
