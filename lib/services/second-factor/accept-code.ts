import type { Tx } from '@/lib/db/client'
import { AppError } from '@/lib/errors'
import { tooMany } from '../attempts'
import { record } from '../audit/record'
import type { Context } from '../context'
import { holdPerson } from '../in-organization'
import { unseal } from '../installation/seal'
import { countRecoveryCodes, spendRecoveryCode } from './recovery-codes'
import { totpStep } from './totp'

/** Wrong codes of one person within the window; then none is judged until the window is over. */
const failuresMax = 10
const windowMs = 300_000

export type CodeOutcome = { accepted: 'code' | 'recovery code' } | { refused: 'wrong' | AppError }

/**
 * Judges a code of a person's second factor: one of the app, or a recovery code. Each counts once. Wrong ones are counted in
 * the database, so the transaction must be committed whatever the outcome. Holds the person's row.
 * @param by who is on record when a recovery code was used
 */
export async function acceptCode(
  tx: Tx,
  ctx: Context,
  person: { id: string; name: string },
  code: string,
  by: Pick<Context, 'actor' | 'organizationId'> = ctx,
): Promise<CodeOutcome> {
  const userId = person.id
  const now = ctx.now()
  await holdPerson(tx, userId)
  const factor = await tx.secondFactor.findUnique({ where: { userId } })
  if (!factor?.confirmedAt) return { refused: 'wrong' }
  const sinceMs = now.getTime() - (factor.failingSince?.getTime() ?? Number.NEGATIVE_INFINITY)
  // A time in the future is one that the clock has left.
  const isCounting = sinceMs >= 0 && sinceMs < windowMs
  if (isCounting && factor.failures >= failuresMax) {
    return { refused: tooMany('wrong codes', windowMs - sinceMs) }
  }
  const step = totpStep(await openSecret(factor.secret), code.replaceAll(/\s/g, ''), now)
  if (step !== null && step > (factor.lastStep ?? -1)) {
    await tx.secondFactor.update({ where: { userId }, data: { lastStep: step, failures: 0, failingSince: null } })
    return { accepted: 'code' }
  }
  if (await spendRecoveryCode(tx, userId, code, now)) {
    await tx.secondFactor.update({ where: { userId }, data: { failures: 0, failingSince: null } })
    await record(tx, ctx, {
      ...by,
      action: 'recovery-code.used',
      target: { kind: 'user', id: userId, name: person.name },
      after: { recoveryCodesLeft: await countRecoveryCodes(tx, userId) },
    })
    return { accepted: 'recovery code' }
  }
  const data = isCounting ? { failures: { increment: 1 } } : { failures: 1, failingSince: now }
  await tx.secondFactor.update({ where: { userId }, data })
  return { refused: 'wrong' }
}

/** The secret of a second factor. @throws AppError `unavailable` (sealed with another KEYBOUND_SECRET) */
export async function openSecret(sealed: string): Promise<string> {
  return unseal('second-factor', sealed).catch((cause) => {
    throw new AppError(
      'unavailable',
      'The second factor cannot be checked: KEYBOUND_SECRET is not the one it was stored with. Start with that secret, or have an admin reset the second factor.',
      { cause },
    )
  })
}

/** What is said of a code that does not count, wherever one is given. */
export const wrongCodeMessage =
  'This code is wrong, or was used before. Give the next code that your app shows, or a recovery code.'
