import type { Tx } from '@/lib/db/client'
import { holdPeople } from '@/lib/db/hold-people'
import { recordAll } from '../audit/record'
import type { Managing } from '../in-organization'
import { idsOfPart, inParts } from '../in-parts'
import { endProviderSessions } from '../people/end-sessions'
import { nextSequence } from '../trust/next-sequence'

/**
 * The links of an organization's providers by which a person gave access to another person's account. A link of their own account
 * goes with the account; one that an identity made belongs to that identity.
 */
export const linksMadeBy = (organizationId: string, userId: string) => ({
  linkedById: userId,
  linkedByKind: 'user',
  userId: { not: userId },
  trust: { organizationId },
})

/**
 * Cuts the links that a person made to other people's accounts: the holder of such a subject signs in as another person, and that
 * can be the person who made it. Ends the sign-ins through them that are not finished, and every session of those accounts that
 * began through a provider, but for the acting one: a session does not name its link. Each link has an entry of its own.
 * @param because what happened to the person who made them
 * @returns how many there were
 */
export async function cutLinksMadeBy(tx: Tx, ctx: Managing, userId: string, because: string): Promise<number> {
  const where = linksMadeBy(ctx.organizationId, userId)
  const accounts = await tx.userLink.findMany({ where, select: { userId: true }, distinct: ['userId'] })
  const userIds = accounts.map((account) => account.userId).sort()
  // A sign-in under way takes its turn: it sees that the link is gone, or is ended here.
  for (const part of inParts(userIds)) await holdPeople(tx, part)
  const links = await tx.userLink.findMany({
    where,
    include: { user: { select: { name: true } }, trust: { select: { name: true, version: true } } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
  if (links.length === 0) return 0
  await nextSequence(tx, ctx.organizationId)
  const ids = links.map(({ id }) => id)
  for (const part of inParts(ids)) await tx.userLink.deleteMany({ where: { ...where, id: { in: part } } })
  // A trust and a person are two parameters.
  for (const part of inParts(links, idsOfPart / 2)) {
    const OR = part.map(({ trustId, userId }) => ({ trustId, userId }))
    await tx.signInIntent.deleteMany({ where: { status: 'succeeded', OR } })
  }
  // An admin whose own link is cut goes on, to link themselves again or to set a password.
  const acting = ctx.actor.kind === 'user' ? ctx.actor.sessionId : undefined
  const ended = await endProviderSessions(tx, userIds, acting)
  const firstOf = new Map(links.toReversed().map((link) => [link.userId, link.id]))
  await recordAll(
    tx,
    ctx,
    links.map(({ id, userId, trustId, subject, user, trust }) => ({
      action: 'member.unlinked',
      target: { kind: 'user', id: userId, name: user.name },
      before: { provider: trust.name, trustId, version: trust.version, subject },
      after: { because, ...(firstOf.get(userId) === id ? { sessionsEnded: ended.get(userId) ?? 0 } : {}) },
    })),
  )
  return links.length
}
