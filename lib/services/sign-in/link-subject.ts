import { isTaken } from '@/lib/db/transaction'
import { AppError } from '@/lib/errors'
import { newId } from '@/lib/ids'
import { record } from '../audit/record'
import type { Context } from '../context'
import { inOrganization } from '../in-organization'
import { requireControl } from '../trust/control'
import { nextSequence } from '../trust/next-sequence'
import { findPersonIn } from './find-person'
import { findSignInTrustIn } from './find-sign-in-trust'

/** The existing person that a subject of a sign-in trust is linked to. `userName` is only put on record. */
export type SubjectLink = { userId: string; trustId: string; subject: string; userName: string; takeOver?: boolean }

/**
 * Says whose a subject of a sign-in trust is: one that has not come yet, or whose link was removed (`unlinkSubject`). From
 * then on it signs in as that person, with their role, so only an admin may say it.
 * @returns the organization's number for it, and when
 * @throws AppError `not-found` (person, trust), `conflict` (the subject is linked already), `rule` (the provider was last
 *   changed by an actor below the person's role)
 */
export async function linkSubject(
  ctx: Context,
  { userId, trustId, subject, userName, takeOver = false }: SubjectLink,
): Promise<{ organizationId: string; sequence: string; createdAt: Date }> {
  const createdAt = ctx.now()
  return inOrganization(ctx, 'administer', async (tx, ctx) => {
    const { organizationId } = ctx
    const person = await findPersonIn(tx, organizationId, userId)
    const trust = await findSignInTrustIn(tx, organizationId, trustId)
    // The link is a way to the person's role, as a trust is to an identity's.
    await requireControl(tx, ctx, { trusts: { id: trust.id }, role: person.role, takeOver })
    const sequence = await nextSequence(tx, organizationId)
    await tx.userLink
      .create({
        data: { id: newId(), trustId, subject, userId: person.id, ...linkedBy(ctx), createdAt },
      })
      .catch((error) => {
        throw isTaken(error) ? taken() : error
      })
    await record(tx, ctx, {
      action: 'member.linked',
      target: { kind: 'user', id: person.id, name: person.name },
      // The version says which rules were in force when the link was made.
      after: { provider: trust.name, trustId, version: trust.version, subject, userName },
    })
    return { organizationId, sequence, createdAt }
  })
}

/** The columns that say who vouched for a link: a person's links to others are cut when they are removed or lowered. */
const linkedBy = ({ actor }: Context) => ({ linkedByKind: actor.kind, linkedById: 'id' in actor ? actor.id : null })

const taken = () =>
  new AppError('conflict', 'This subject of the provider is linked to an account already.', {
    reason: 'already_linked',
  })
