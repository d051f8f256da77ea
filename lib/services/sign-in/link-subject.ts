import type { Tx } from '@/lib/db/client'
import { AppError, notFound } from '@/lib/errors'
import { isId, newId } from '@/lib/ids'
import { signInOptionsOf } from '@/lib/trust/sign-in-options'
import { requireAccess } from '../access'
import { record } from '../audit/record'
import { type Context, inTransaction, isTaken } from '../context'
import { findTrustIn } from '../trust/find-trust'
import { nextSequence } from '../trust/next-sequence'

/** Who a subject of a sign-in trust is to be: a person who is here already. `userName` is only put on record. */
export type SubjectLink = { userId: string; trustId: string; subject: string; userName: string }

/**
 * Says whose a subject of a sign-in trust is, before it comes for the first time or after another was removed. From then on
 * it signs in as that person, with their role, so only an admin may say it.
 * @returns the organization's number for it, and when
 * @throws AppError `not-found` (person, trust), `conflict` (the subject is somebody's already)
 */
export async function linkSubject(
  ctx: Context,
  { userId, trustId, subject, userName }: SubjectLink,
): Promise<{ organizationId: string; sequence: string; createdAt: Date }> {
  const { organizationId } = requireAccess(ctx, 'administer')
  const createdAt = ctx.now()
  return inTransaction(ctx, async (tx) => {
    const person = await findPersonIn(tx, organizationId, userId)
    const trust = await findTrustIn(tx, organizationId, { id: trustId })
    if (!signInOptionsOf(trust)) throw notFound('There is no provider with that id.')
    const sequence = await nextSequence(tx, organizationId)
    await tx.userLink
      .create({ data: { id: newId(), trustId, subject, userId: person.id, createdAt } })
      .catch((error) => {
        throw isTaken(error) ? taken() : error
      })
    await record(tx, ctx, {
      action: 'member.linked',
      target: { kind: 'user', id: person.id, name: person.name },
      after: { provider: trust.name, subject, userName },
    })
    return { organizationId, sequence, createdAt }
  })
}

async function findPersonIn(tx: Tx, organizationId: string, userId: string): Promise<{ id: string; name: string }> {
  const person = isId(userId)
    ? await tx.user.findFirst({ where: { id: userId, memberships: { some: { organizationId } } } })
    : null
  if (!person) throw notFound('There is no member with that id.')
  return person
}

const taken = () =>
  new AppError('conflict', 'This subject of the provider is linked to somebody already.', { reason: 'already_linked' })
