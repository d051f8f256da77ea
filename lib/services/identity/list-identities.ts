import { z } from 'zod'
import { contains } from '@/lib/db/contains'
import { type Identity, identityInclude, toIdentity } from '@/lib/db/identity-row'
import { isId } from '@/lib/ids'
import { identityKinds } from '@/lib/trust/kinds/outline'
import { severities } from '@/lib/trust/posture/finding'
import { type Role, roles } from '@/lib/trust/role'
import { requireAccess } from '../access'
import type { Context } from '../context'
import { inParts } from '../in-parts'
import { bounds, type OffsetPage, offsetMax, type Range, readOffsetPage } from '../offset-page'
import { identitiesByTrust } from './identities-by-trust'

/** Filters on identities; all that are given must match. */
const IdentityMatch = z.strictObject({
  /** The whole id, or part of the name whatever the case. */
  search: z.string().trim().max(255).optional(),
  /** One of these, exactly. */
  names: z.array(z.string()).optional(),
  roles: z.array(z.enum(roles)).optional(),
})
export type IdentityMatch = z.output<typeof IdentityMatch>

const loginMethods = [...identityKinds, 'token'] as const

export const IdentityQuery = z.strictObject({
  /** The whole id, or part of the name whatever the case. */
  search: z.string().trim().max(200).optional(),
  /** The exact name. */
  name: z.string().max(200).optional(),
  role: z.enum(roles).optional(),
  /** One of its login methods. */
  method: z.enum(loginMethods).optional(),
  /** Part of the issuer of one of its trusts, whatever the case. */
  issuer: z.string().trim().max(200).optional(),
  /** One of its trusts has a finding of this severity that is not muted. */
  severity: z.enum(severities).optional(),
  /** When it logged in last. `over-30-days` and `over-90-days`: not since then, or never. */
  lastLogin: z.enum(['within-7-days', 'over-30-days', 'over-90-days', 'never']).optional(),
  sort: z.enum(['name', 'role', 'createdAt', 'lastLoginAt']).default('name'),
  direction: z.enum(['asc', 'desc']).default('asc'),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  offset: z.coerce
    .number()
    .int()
    .min(0)
    .max(offsetMax, `Use a cursor beyond ${offsetMax}: \`next\` of the previous page.`)
    .default(0),
  /** Where the page begins: `next` of the page before, asked with the same filters and order. */
  cursor: z.string().max(2_000).optional(),
})

/** As `IdentityQuery`, for callers with more to say than fits an address. */
const IdentitySelection = IdentityQuery.extend({
  limit: z.int().min(1).max(1000).default(50),
  offset: z.int().min(0).max(1_000_000).default(0),
  all: z.array(IdentityMatch).optional(),
  any: z.array(IdentityMatch).optional(),
})

export type IdentityPage = { identities: Identity[] } & Omit<OffsetPage<Identity>, 'rows'>
type Where = NonNullable<NonNullable<Parameters<Context['db']['identity']['findMany']>[0]>['where']>

/**
 * A page of the organization's identities, and how many there are. An exact name and one role are looked up; what is compared
 * row by row (part of a name, several roles, a role in an order by time) is compared with 10 000 rows a page.
 */
export async function listIdentities(
  ctx: Context,
  query: z.input<typeof IdentitySelection> | z.output<typeof IdentityQuery>,
): Promise<IdentityPage> {
  const { organizationId } = requireAccess(ctx, 'read')
  const {
    search,
    name,
    role,
    sort,
    direction,
    limit,
    offset,
    cursor,
    all = [],
    any,
    ...more
  } = IdentitySelection.parse(query)
  const own = { search, ...(name === undefined ? {} : { names: [name] }), ...(role ? { roles: [role] } : {}) }
  const wanted: IdentityMatch[] = [own, ...all]
  const allowed = roles.filter((role) => wanted.every((match) => match.roles?.includes(role) ?? true))
  const isByRole = sort === 'role' || (sort === 'name' && allowed.length <= 1)
  const matches = isByRole ? wanted.map(({ roles: _, ...match }) => match) : wanted
  const compared = [
    ...matches.map(toWhere),
    ...(any ? [{ OR: any.map(toWhere) }] : []),
    loginWhere(more.lastLogin, ctx.now()),
    more.method === 'token' ? { tokenAuth: { isNot: null } } : {},
  ].filter((where) => Object.keys(where).length > 0)
  const few = await fewOf(ctx, organizationId, wanted)
  const byTrust = await byTrustOf(ctx, organizationId, more)
  const areNamed = byTrust !== null && byTrust.size <= bounds.idsOfStatement
  const isFew = few !== null || areNamed
  const named = areNamed ? { id: { in: [...byTrust] } } : {}
  const base: Where = isFew ? { AND: [{ organizationId, ...few }, named, ...compared] } : { organizationId }
  const isCompared = !isFew && (compared.length > 0 || byTrust !== null)
  const { rows, ...page } = await readOffsetPage({
    ...{ limit, offset, cursor, ranges: rangesOf(base, isByRole ? allowed : null, { sort, direction }) },
    compared: isCompared ? { AND: compared } : null,
    place: (where, at) => ctx.db.identity.findFirst({ where, ...at }),
    ...(byTrust && !areNamed ? readingAmong(ctx, byTrust) : reading(ctx)),
  })
  return { identities: rows.map(toIdentity), ...page }
}

type At = { orderBy: Record<string, 'asc' | 'desc'>[]; take: number; skip: number }

const reading = ({ db }: Context) => ({
  read: (where: Where, at: At) => db.identity.findMany({ where, include: identityInclude, ...at }),
  count: (where: Where, at: Omit<At, 'skip'>) => db.identity.count({ where, ...at }),
})

/** The same, of identities that are too many to be named in a statement: the ids of the rows that are compared are read first. */
function readingAmong({ db }: Context, wanted: ReadonlySet<string>) {
  const read = new Map<Where, Promise<string[]>>()
  const idsOf = (where: Where, orderBy: At['orderBy']) => {
    const ids =
      read.get(where) ??
      db.identity
        .findMany({ where, orderBy, take: bounds.comparedRows + 1, select: { id: true } })
        .then((rows) => rows.flatMap(({ id }) => (wanted.has(id) ? id : [])))
    read.set(where, ids)
    return ids
  }
  return {
    async read(where: Where, { orderBy, take, skip }: At) {
      const ids = (await idsOf(where, orderBy)).slice(skip, skip + take)
      const rows = await Promise.all(
        [...inParts(ids)].map((part) =>
          db.identity.findMany({ where: { id: { in: part } }, include: identityInclude }),
        ),
      )
      const byId = new Map(rows.flat().map((row) => [row.id, row]))
      return ids.flatMap((id) => byId.get(id) ?? [])
    },
    count: async (where: Where, { orderBy, take }: Omit<At, 'skip'>) =>
      Math.min(take, (await idsOf(where, orderBy)).length),
  }
}

/** What only few rows are: one id, or some names. The rest of what is wanted may be compared with all of those. */
async function fewOf(ctx: Context, organizationId: string, wanted: readonly IdentityMatch[]): Promise<Where | null> {
  const id = wanted
    .map(({ search }) => search ?? '')
    .find(isId)
    ?.toLowerCase()
  if (id && (await ctx.db.identity.findFirst({ where: { id, organizationId }, select: { id: true } }))) return { id }
  const names = wanted.find((match) => match.names !== undefined)?.names
  return names ? { name: names.length === 1 ? (names[0] ?? '') : { in: names } } : null
}

type More = Pick<z.output<typeof IdentityQuery>, 'method' | 'issuer' | 'severity' | 'lastLogin'>

/** The identities that are found by their trusts; null where that is not asked for. */
async function byTrustOf(ctx: Context, organizationId: string, { method, issuer, severity }: More) {
  const ofTrust = method === 'token' ? undefined : method
  if (!ofTrust && !issuer && !severity) return null
  return identitiesByTrust(ctx, organizationId, { method: ofTrust, issuer, severity })
}

const dayMs = 24 * 3600 * 1000

function loginWhere(lastLogin: More['lastLogin'], now: Date): Where {
  const ago = (days: number) => new Date(now.getTime() - days * dayMs)
  if (lastLogin === undefined) return {}
  if (lastLogin === 'never') return { lastLoginAt: null }
  if (lastLogin === 'within-7-days') return { lastLoginAt: { gte: ago(7) } }
  return { OR: [{ lastLoginAt: null }, { lastLoginAt: { lt: ago(lastLogin === 'over-30-days' ? 30 : 90) } }] }
}

/** The index ranges of an order. Those that never logged in come last, on both databases and in both directions. */
function rangesOf(
  base: Where,
  byRole: readonly Role[] | null,
  { sort, direction }: { sort: z.output<typeof IdentityQuery>['sort']; direction: 'asc' | 'desc' },
): Range<Where>[] {
  if (byRole) {
    const inOrder = [...byRole].sort((one, other) => (one < other === (direction === 'asc') ? -1 : 1))
    return inOrder.map((role) => ({ indexed: { ...base, role }, order: ['name', 'id'], direction }))
  }
  if (sort !== 'lastLoginAt') return [{ indexed: base, order: [sort, 'id'], direction }]
  return [
    { indexed: { ...base, lastLoginAt: { gte: new Date(0) } }, order: ['lastLoginAt', 'id'], direction },
    { indexed: { ...base, lastLoginAt: null }, order: ['id'], direction },
  ]
}

const toWhere = ({ search, names, roles: ofRoles }: IdentityMatch): Where => ({
  ...(names ? { name: { in: names } } : {}),
  ...(ofRoles ? { role: { in: ofRoles } } : {}),
  ...(search ? { OR: [{ name: contains(search) }, ...(isId(search) ? [{ id: search.toLowerCase() }] : [])] } : {}),
})
