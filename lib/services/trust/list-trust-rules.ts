import { z } from 'zod'
import { storedOrNull } from '@/lib/db/stored-json'
import { TrustFields } from '@/lib/trust/trust'
import { Uuid } from '@/lib/trust/uuid'
import { requireAccess } from '../access'
import type { Context } from '../context'

export const TrustRulesQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(1000).default(1000),
  /** The id after which the page begins. */
  after: Uuid.optional(),
  /** The last id that is asked for; `after` and `until` of several requests divide the trusts, so that they are read side by side. */
  until: Uuid.optional(),
})

/** What a trust demands of claims; `rules` is null where they cannot be read, and every token is refused. */
export type TrustRules = Pick<z.output<typeof TrustFields>, 'id' | 'issuer'> & {
  rules: z.output<typeof TrustFields>['rules'] | null
}

/**
 * A page of what the organization's trusts demand of claims, in the order of their ids. A browser finds the trusts nearest to a
 * token by it, of which it then reads the whole; so nothing of the token is sent.
 */
export async function listTrustRules(
  ctx: Context,
  query: z.input<typeof TrustRulesQuery>,
): Promise<{ trusts: TrustRules[]; next: string | null }> {
  const { organizationId } = requireAccess(ctx, 'read')
  const { limit, after, until } = TrustRulesQuery.parse(query)
  const rows = await ctx.db.trust.findMany({
    where: { organizationId, id: { gt: after, lte: until } },
    select: { id: true, issuer: true, rules: true },
    orderBy: { id: 'asc' },
    take: limit + 1,
  })
  const page = rows.slice(0, limit)
  return {
    trusts: page.map(({ id, issuer, rules }) => ({ id, issuer, rules: storedOrNull(rules, TrustFields.shape.rules) })),
    next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  }
}
