import { notFound } from '@/lib/errors'
import { record } from '../audit/record'
import type { Context } from '../context'
import { holdPerson, inOrganization } from '../in-organization'
import { nextSequence } from '../trust/next-sequence'
import { findPersonIn } from './find-person'
import { findSignInTrustIn } from './find-sign-in-trust'
import { subjectOf } from './link-person'

/**
 * Ends that a subject of a sign-in trust signs in as this person, and every sign-in of theirs through it that is not
 * finished. Sessions go on, as they do when the trust itself is removed: a session does not record which link it began with.
 * @returns the organization's number for it, and when the link was made and removed
 * @throws AppError `not-found` (person, trust, or no such link of this person)
 */
export async function unlinkSubject(
  ctx: Context,
  { userId, trustId, subject }: { userId: string; trustId: string; subject: string },
): Promise<{ organizationId: string; sequence: string; createdAt: Date; removedAt: Date }> {
  const removedAt = ctx.now()
  return inOrganization(ctx, 'administer', async (tx, ctx) => {
    const { organizationId } = ctx
    const person = await findPersonIn(tx, organizationId, userId)
    const trust = await findSignInTrustIn(tx, organizationId, trustId)
    // A sign-in under way takes its turn: it sees that the link is gone, or is ended here.
    await holdPerson(tx, person.id)
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
