import type { Tx } from '@/lib/db/client'
import { inTransaction } from '@/lib/db/transaction'
import { AppError } from '@/lib/errors'
import type { Proof } from '@/lib/model/second-factor'
import { record, recordNothing } from '../audit/record'
import type { Context } from '../context'
import { holdOrganization, holdPerson, inOrganization } from '../in-organization'
import { endSessions } from '../people/end-sessions'
import { requirePerson } from '../people/require-person'
import { findPersonIn } from '../sign-in/find-person'
import { factorsOf, hasFactor } from './factors'
import { requireProof } from './proof'
import { replaceRecoveryCodes } from './recovery-codes'

/**
 * Removes the actor's codes, with their recovery codes.
 * @throws AppError `rule` (the organization requires a second factor, and this is the last one), and as `requireProof`
 */
export async function removeSecondFactor(ctx: Context, proof: Proof): Promise<void> {
  const actor = requirePerson(ctx)
  await requireProof(ctx, proof)
  await inTransaction(ctx, async (tx) => {
    await holdForFactors(tx, ctx, actor.id)
    const { count } = await tx.secondFactor.deleteMany({ where: { userId: actor.id } })
    await tx.recoveryCode.deleteMany({ where: { userId: actor.id } })
    if (count === 0) throw noCodes()
    await requireAFactorLeft(tx, ctx, actor.id)
    await record(tx, ctx, { action: 'second-factor.removed', target: { kind: 'user', id: actor.id, name: actor.name } })
  })
}

/** New recovery codes in the place of the old ones. @throws AppError `rule` (no second factor), and as `requireProof` */
export async function renewRecoveryCodes(ctx: Context, proof: Proof): Promise<{ recoveryCodes: string[] }> {
  const actor = requirePerson(ctx)
  await requireProof(ctx, proof)
  return inTransaction(ctx, async (tx) => {
    await holdPerson(tx, actor.id)
    if (!(await factorsOf(tx, actor.id)).code) throw noCodes()
    const recoveryCodes = await replaceRecoveryCodes(tx, actor.id)
    await record(tx, ctx, {
      action: 'recovery-code.renewed',
      target: { kind: 'user', id: actor.id, name: actor.name },
      after: { recoveryCodes: recoveryCodes.length },
    })
    return { recoveryCodes }
  })
}

/**
 * Takes codes, recovery codes and passkeys from a member who has lost them, and ends their sessions. They sign in with their
 * password and set up another.
 * @throws AppError `not-found`, `rule` (one's own)
 */
export async function resetSecondFactor(ctx: Context, userId: string): Promise<void> {
  await inOrganization(ctx, 'administer', async (tx, ctx) => {
    const person = await findPersonIn(tx, ctx.organizationId, userId)
    if (ctx.actor.kind === 'user' && ctx.actor.id === person.id) {
      throw new AppError(
        'rule',
        'This is your own. Remove it under Settings › Your account, with a code or your password.',
        {
          reason: 'own_second_factor',
        },
      )
    }
    await holdPerson(tx, person.id)
    const before = await factorsOf(tx, person.id)
    const where = { userId: person.id }
    await tx.secondFactor.deleteMany({ where })
    await tx.recoveryCode.deleteMany({ where })
    await tx.passkey.deleteMany({ where })
    await tx.passkeyChallenge.deleteMany({ where })
    if (!hasFactor(before)) {
      recordNothing(ctx)
      return
    }
    const sessionsEnded = await endSessions(tx, person.id)
    await record(tx, ctx, {
      action: 'second-factor.reset',
      target: { kind: 'user', id: person.id, name: person.name },
      before,
      after: { sessionsEnded },
    })
  })
}

/** Lets a change of a person's factors and a change of what the organization requires take turns. */
export async function holdForFactors(tx: Tx, { organizationId }: Context, userId: string) {
  if (organizationId) await holdOrganization(tx, organizationId)
  await holdPerson(tx, userId)
}

/** @throws AppError `rule` where the organization requires a second factor and none is left */
export async function requireAFactorLeft(tx: Tx, { organizationId }: Context, userId: string) {
  if (!organizationId || hasFactor(await factorsOf(tx, userId))) return
  const { requiresSecondFactor } = await tx.organization.findUniqueOrThrow({ where: { id: organizationId } })
  if (!requiresSecondFactor) return
  throw new AppError(
    'rule',
    'Your organization requires a second factor, and this is your last. Set up another first.',
    {
      reason: 'last_second_factor',
    },
  )
}

const noCodes = () => new AppError('rule', 'No codes are set up.', { reason: 'second_factor_missing' })
