import type { Tx } from '@/lib/db/client'
import { AppError } from '@/lib/errors'
import { tooMany } from '../attempts'
import { record } from '../audit/record'
import type { Context } from '../context'
import { holdPerson } from '../in-organization'
import { unseal } from '../installation/seal'
import { countRecoveryCodes, spendRecoveryCode } from './recovery-codes'
import { isTotpCode, totpStep } from './totp'

/** After so many wrong codes in a row, however long they take, none is judged for a while. */
const failuresMax = 10
/** The first such while; each that follows without a right code in between is twice as long. */
const firstWaitMs = 300_000
const longestWaitMs = 24 * 3_600_000

/** How long no code is judged after the last of so many wrong ones in a row. */
function waitMsAfter(failures: number): number {
  if (failures < failuresMax || failures % failuresMax !== 0) return 0
  return Math.min(longestWaitMs, firstWaitMs * 2 ** (failures / failuresMax - 1))
}

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
  const failingSinceMs = factor.failingSince?.getTime() ?? Number.NEGATIVE_INFINITY
  // A time that cannot be read is read as 1970; then no wait is over.
  const sinceMs = failingSinceMs === 0 ? 0 : now.getTime() - failingSinceMs
  const waitMs = waitMsAfter(factor.failures)
  // A time in the future is one that the clock has left.
  if (sinceMs >= 0 && sinceMs < waitMs) return { refused: tooMany('wrong codes', waitMs - sinceMs) }
  const given = code.replaceAll(/\s/g, '')
  // A recovery code counts also where the app's secret cannot be opened any more.
  const step = isTotpCode(given) ? totpStep(await openSecret(factor.secret), given, now) : null
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
  await tx.secondFactor.update({ where: { userId }, data: { failures: { increment: 1 }, failingSince: now } })
  return { refused: 'wrong' }
}

/** Resets the count of wrong codes, after a change of the password that they were tried with. */
export async function forgetWrongCodes(tx: Tx, userId: string): Promise<void> {
  await tx.secondFactor.updateMany({ where: { userId }, data: { failures: 0, failingSince: null } })
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

/** The error for a code that is not accepted, wherever one is given. */
export const wrongCodeMessage =
  'This code is wrong, or was used before. Enter the next code that your app shows, or a recovery code.'
