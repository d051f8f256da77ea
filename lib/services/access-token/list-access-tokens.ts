import { z } from 'zod'
import { kinds } from '@/lib/trust/kinds'
import { Uuid } from '@/lib/trust/uuid'
import { requireAccess } from '../access'
import type { Context } from '../context'
import { offsetMax, readOffsetPage } from '../offset-page'

export const AccessTokenQuery = z.strictObject({
  identityId: Uuid.optional(),
  method: z.enum([...kinds.kinds, 'token']).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  offset: z.coerce
    .number()
    .int()
    .min(0)
    .max(offsetMax, `Use a cursor beyond ${offsetMax}: \`next\` of the previous page.`)
    .default(0),
  /** Where the page begins: `next` of the page before, asked with the same filters. */
  cursor: z.string().max(2_000).optional(),
})

const Selection = AccessTokenQuery.extend({ offset: z.int().min(0).max(1_000_000).default(0) })

type Where = NonNullable<NonNullable<Parameters<Context['db']['accessToken']['findMany']>[0]>['where']>

/**
 * Issued access tokens, newest first: what each is, never its text. One without an identity belongs to its trust. Those that an
 * identity had by Token Auth are looked up; any other `method` is compared with 10 000 tokens a page.
 */
export async function listAccessTokens(
  ctx: Context,
  query: z.input<typeof Selection> | z.output<typeof AccessTokenQuery>,
) {
  const { organizationId } = requireAccess(ctx, 'read')
  const { limit, offset, cursor, identityId, method } = Selection.parse(query)
  const tokenAuth = identityId && method === 'token' ? await findTokenAuth(ctx, organizationId, identityId) : null
  const isServed = method === undefined || (identityId !== undefined && method === 'token')
  const indexed: Where = tokenAuth
    ? { tokenAuthId: tokenAuth.id }
    : identityId
      ? { identityId, organizationId }
      : { organizationId }
  const isNone = isServed && method !== undefined && tokenAuth === null
  const { rows, ...page } = await readOffsetPage({
    ...{ limit, offset, cursor },
    ranges: isNone ? [] : [{ indexed, order: ['createdAt', 'id'], direction: 'desc' as const }],
    compared: isServed ? null : { method },
    read: (where, at) =>
      ctx.db.accessToken.findMany({
        where,
        include: { identity: { select: { name: true } } },
        omit: { organizationId: true, tokenAuthId: true, claims: true, issuedById: true },
        ...at,
      }),
    place: (where, at) => ctx.db.accessToken.findFirst({ where, select: { id: true, createdAt: true }, ...at }),
    count: (where, at) => ctx.db.accessToken.count({ where, ...at }),
  })
  return {
    tokens: rows.map(({ identity, ...token }) => ({ ...token, identityName: identity?.name ?? null })),
    ...page,
  }
}

const findTokenAuth = (ctx: Context, organizationId: string, identityId: string) =>
  ctx.db.tokenAuth.findFirst({ where: { identityId, identity: { organizationId } }, select: { id: true } })
