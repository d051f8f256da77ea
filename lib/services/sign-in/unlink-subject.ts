import { notFound } from '@/lib/errors'
import { requireAccess } from '../access'
import { record } from '../audit/record'
import { type Context, inTransaction } from '../context'
import { nextSequence } from '../trust/next-sequence'
import { findPersonIn } from './find-person'
import { subjectOf } from './link-person'
import { takeSignInTrust } from './take-sign-in-trust'

/**
 * Ends that a subject of a sign-in trust signs in as this person, and every sign-in of theirs through it that is not
 * finished. Sessions go on, as they do when the trust itself is removed: a session does not know which door it came by.
 * @returns the organization's number for it, and when the link was made and removed
 * @throws AppError `not-found` (person, trust, or no such link of this person)
 */
export async function unlinkSubject(
  ctx: Context,
  { userId, trustId, subject }: { userId: string; trustId: string; subject: string },
): Promise<{ organizationId: string; sequence: string; createdAt: Date; removedAt: Date }> {
  const { organizationId } = requireAccess(ctx, 'administer')
  const removedAt = ctx.now()
  return inTransaction(ctx, async (tx) => {
    const person = await findPersonIn(tx, organizationId, userId)
    const trust = await takeSignInTrust(tx, organizationId, trustId)
    const isStorable = subjectOf({ sub: subject }) !== null
    const link = isStorable ? await tx.userLink.findUnique({ where: { trustId_subject: { trustId, subject } } }) : null
    if (link?.userId !== person.id) throw notFound('This person has no such link.')
    const sequence = await nextSequence(tx, organizationId)
    await tx.userLink.delete({ where: { id: link.id } })
    await tx.signInIntent.deleteMany({ where: { trustId, userId: person.id, status: 'succeeded' } })
    await record(tx, ctx, {
      action: 'member.unlinked',
      target: { kind: 'user', id: person.id, name: person.name },
      before: { provider: trust.name, trustId, version: trust.version, subject },
    })
    return { organizationId, sequence, createdAt: link.createdAt, removedAt }
  })
}
