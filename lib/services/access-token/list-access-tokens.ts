import { z } from 'zod'
import { Uuid } from '@/lib/trust/uuid'
import { requireAccess } from '../access'
import type { Context } from '../context'

export const AccessTokenQuery = z.strictObject({
  identityId: Uuid.optional(),
  method: z.enum(['jwt', 'oidc', 'issuer', 'sign-in', 'token']).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
})

/** Issued access tokens, newest first: what each is, never its text. One without an identity belongs to its trust. */
export async function listAccessTokens(ctx: Context, query: z.input<typeof AccessTokenQuery>) {
  const { organizationId } = requireAccess(ctx, 'read')
  const { limit, offset, ...filter } = AccessTokenQuery.parse(query)
  const where = { organizationId, ...filter }
  const [tokens, total] = await Promise.all([
    ctx.db.accessToken.findMany({
      where,
      include: { identity: { select: { name: true } } },
      omit: { organizationId: true, tokenAuthId: true, claims: true, issuedById: true },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: limit,
      skip: offset,
    }),
    ctx.db.accessToken.count({ where }),
  ])
  return {
    tokens: tokens.map(({ identity, ...token }) => ({ ...token, identityName: identity?.name ?? null })),
    total,
  }
}
