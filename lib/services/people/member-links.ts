import { notFound } from '@/lib/errors'
import { isId } from '@/lib/ids'
import { requireAccess } from '../access'
import type { Context } from '../context'
import { findPersonIn } from '../sign-in/find-person'
import { unlinkSubject } from '../sign-in/unlink-subject'

/** Links by which a person signs in through providers. */
export type MemberLink = { id: string; trustId: string; provider: string; subject: string; createdAt: Date }

/** A member's links to providers, the newest first, at most 200. @throws AppError `not-found` */
export async function listMemberLinks(ctx: Context, userId: string): Promise<MemberLink[]> {
  const { organizationId } = requireAccess(ctx, 'read')
  const person = await findPersonIn(ctx.db, organizationId, userId)
  const rows = await ctx.db.userLink.findMany({
    where: { userId: person.id, trust: { organizationId } },
    include: { trust: { select: { name: true } } },
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
    take: 200,
  })
  return rows.map(({ id, trustId, trust, subject, createdAt }) => ({
    ...{ id, trustId, provider: trust.name, subject, createdAt },
  }))
}

/** Removes one of a member's links, as `unlinkSubject` does. @throws AppError `not-found` */
export async function removeMemberLink(ctx: Context, userId: string, linkId: string): Promise<void> {
  const { organizationId } = requireAccess(ctx, 'administer')
  const where = { id: linkId, userId, trust: { organizationId } }
  const link = isId(linkId) ? await ctx.db.userLink.findFirst({ where }) : null
  if (!link) throw notFound('This person has no such link.')
  await unlinkSubject(ctx, { userId, trustId: link.trustId, subject: link.subject })
}
