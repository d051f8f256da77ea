import { z } from 'zod'
import { AppError } from '@/lib/errors'
import type { Trust } from '@/lib/trust/trust'
import type { Context } from '../context'
import { getTrust } from '../trust/find-trust'
import { updateTrust } from '../trust/update-trust'
import { judgeMigration, type Migrating } from './subject-migration'

export const SubjectFormChange = z.strictObject({ change: z.enum(['add-immutable', 'retire-classic']) })
export type SubjectFormChange = z.output<typeof SubjectFormChange>

/**
 * Takes the next step of a trust on its way from the classic to the immutable subject: adds the form with ids, as verified tokens
 * named them, or removes the form with names alone. Nothing else becomes accepted.
 * @throws AppError `not-found`, `forbidden` (rank), `rule` (the step is not due, or cannot be taken), `precondition`
 */
export async function changeSubjectForm(
  ctx: Context,
  trustId: string,
  { change }: SubjectFormChange,
): Promise<Omit<Migrating, 'identityName'>> {
  const trust = await getTrust(ctx, trustId)
  const { migrating, next } = await judgeMigration(ctx, trust)
  if (next?.change !== change) {
    throw new AppError('rule', `This step is not due: the trust is "${migrating.state}".`, { reason: 'step_not_due' })
  }
  if (!next.ok) throw new AppError('rule', next.why, { reason: 'step_impossible' })
  const { rules } = next.policy
  // Of the version that was looked at, so that what was proved of it holds.
  const justification = { isRequired: false, reason: reasons[change] }
  const take = (before: Trust) => ({ ...before, rules })
  const changed = await updateTrust(ctx, { id: trust.id }, take, trust.version, { justification })
  return (await judgeMigration(ctx, changed)).migrating
}

/** For the record: nothing else becomes accepted, so no actor has to say why. */
const reasons: Record<SubjectFormChange['change'], string> = {
  'add-immutable': 'Adds the subject with the ids that verified tokens named.',
  'retire-classic': 'Removes the subject without ids.',
}
