import { requireAccess } from '../access'
import type { Context } from '../context'
import { countedMax } from '../offset-page'
import { findPersonIn } from './find-person'

/** Most links in one answer. */
const linksMax = 1000

/**
 * By which subjects of the organization's sign-in trusts a person signs in, newest first unless `asc`, and where the
 * organization's counter of changes has as its value.
 * @param limit 0 = as many as there may be in one answer
 * @throws AppError `not-found`
 */
export async function listLinks(
  ctx: Context,
  userId: string,
  { offset, limit, asc }: { offset: number; limit: number; asc: boolean },
): Promise<{ links: { trustId: string; subject: string }[]; total: number; sequence: string }> {
  const { organizationId } = requireAccess(ctx, 'read')
  const person = await findPersonIn(ctx.db, organizationId, userId)
  const where = { userId: person.id, trust: { organizationId } }
  // A client may send any unsigned integer; a database counts less far.
  const skip = Math.min(offset, 1_000_000)
  const order = asc ? ('asc' as const) : ('desc' as const)
  const [links, total, counter] = await Promise.all([
    ctx.db.userLink.findMany({
      where,
      orderBy: [{ createdAt: order }, { id: order }],
      skip,
      take: Math.min(limit || linksMax, linksMax),
      select: { trustId: true, subject: true },
    }),
    ctx.db.userLink.count({
      where,
      orderBy: [{ createdAt: order }, { id: order }],
      take: skip + linksMax + countedMax,
    }),
    ctx.db.sequenceCounter.findUnique({ where: { organizationId } }),
  ])
  return { links, total, sequence: counter?.value ?? '0' }
}
