import { z } from 'zod'
import { toTrust } from '@/lib/db/trust-row'
import { kinds } from '@/lib/trust/kinds'
import type { Trust } from '@/lib/trust/trust'
import { Uuid } from '@/lib/trust/uuid'
import { requireAccess } from '../access'
import type { Context } from '../context'

export const TrustQuery = z.strictObject({
  identityId: Uuid.optional(),
  method: z.enum(kinds.kinds).optional(),
  issuer: z.string().max(2048).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
  /** The id after which the page begins. */
  after: Uuid.optional(),
  /** Only these, at most 100, separated by commas. */
  ids: z
    .string()
    .refine((text) => idsIn(text).length <= 100 && idsIn(text).every((id) => Uuid.safeParse(id).success), {
      error: 'Give at most 100 ids, separated by commas.',
    })
    .optional(),
})

const idsIn = (text: string) => text.split(',')

export type ListedTrust = Trust & { identityName: string | null }

/** A page of the organization's trusts, in the order of their ids; `next` is the `after` of the page that follows. */
export async function listTrusts(
  ctx: Context,
  query: z.input<typeof TrustQuery>,
): Promise<{ trusts: ListedTrust[]; next: string | null }> {
  const { organizationId } = requireAccess(ctx, 'read')
  const { limit, after, method, ids: text, ...sent } = TrustQuery.parse(query)
  const ids = text === undefined ? undefined : idsIn(text)
  const where = { ...sent, ...(method ? { kind: method } : {}) }
  const include = { identity: { select: { name: true } } } as const
  const rows = where.identityId
    ? await ofIdentity()
    : await ctx.db.trust.findMany({
        where: { organizationId, ...where, id: { ...(ids ? { in: ids } : {}), ...(after ? { gt: after } : {}) } },
        include,
        orderBy: { id: 'asc' },
        take: limit + 1,
      })
  const page = rows.slice(0, limit)
  return {
    trusts: page.map((row) => ({ ...toTrust(row), identityName: row.identity?.name ?? null })),
    next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  }

  /** One of each kind at most: read whole, in the order of their own index. */
  async function ofIdentity() {
    const found = await ctx.db.trust.findMany({
      where: { organizationId, ...where },
      include,
      orderBy: { kind: 'asc' },
    })
    return found
      .filter(({ id }) => (!after || id > after) && (!ids || ids.includes(id)))
      .sort((one, other) => (one.id < other.id ? -1 : 1))
  }
}
