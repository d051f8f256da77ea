import { z } from 'zod'
import type { IdentityMatch } from '@/lib/services/identity/list-identities'
import { roles } from '@/lib/trust/role'

const Role = z.enum(roles)
const Text = z.string().max(255)

/** Maximum length of a list of names, and of alternatives. */
const few = 100

/**
 * Conditions on an identity, all of which must hold. Plain text is part of the name; an operator says how it is
 * compared.
 */
const Criteria = z.strictObject({
  name: z
    .union([
      Text,
      z.strictObject({ $eq: Text.optional(), $contains: Text.optional(), $in: z.array(Text).max(few).optional() }),
    ])
    .optional(),
  role: z.union([Role, z.strictObject({ $eq: Role.optional(), $in: z.array(Role).max(few).optional() })]).optional(),
})

export const IdentitySearch = z.strictObject({
  orderBy: z.enum(['name', 'role']).default('name'),
  orderDirection: z.enum(['asc', 'desc']).default('asc'),
  limit: z.int().min(1).max(100).default(50),
  offset: z.int().min(0).max(1_000_000).default(0),
  search: Criteria.extend({
    $or: z.array(Criteria).min(1).max(few).optional().meta({ description: 'And one of these as well.' }),
  }).default({}),
})

/** Conditions that all hold, and alternatives of which one holds. */
export function toMatches({ search: { $or, ...all } }: z.output<typeof IdentitySearch>) {
  return { all: [toMatch(all)], ...($or ? { any: $or.map(toMatch) } : {}) }
}

function toMatch({ name, role }: z.output<typeof Criteria>): IdentityMatch {
  const names = typeof name === 'string' ? { search: name } : toTexts(name)
  return { ...names, roles: typeof role === 'string' ? [role] : common(role?.$eq, role?.$in) }
}

const toTexts = (name: { $eq?: string; $contains?: string; $in?: string[] } = {}) => ({
  search: name.$contains,
  names: common(name.$eq, name.$in),
})

/** Returns the values that satisfy both equality and list; undefined when neither is given. */
function common<T>(equal: T | undefined, list: T[] | undefined): T[] | undefined {
  if (equal === undefined) return list
  return list === undefined || list.includes(equal) ? [equal] : []
}
