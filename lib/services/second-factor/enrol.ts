import { inTransaction } from '@/lib/db/transaction'
import { AppError, invalidField } from '@/lib/errors'
import type { Proof } from '@/lib/model/second-factor'
import { attempted, attempts } from '../attempts'
import { record } from '../audit/record'
import type { Context } from '../context'
import { holdPerson } from '../in-organization'
import { seal } from '../installation/seal'
import { endSessions } from '../people/end-sessions'
import { requirePerson } from '../people/require-person'
import { openSecret } from './accept-code'
import { factorsOf, hasFactor } from './factors'
import { requireRecentProof } from './proof'
import { replaceRecoveryCodes } from './recovery-codes'
import { newTotpSecret, totpStep, totpUri } from './totp'

const tries = attempts('wrong codes', { name: 'second-factor.enrol', points: 10, seconds: 300 })

/**
 * Begins the enrolment of an authenticator app: a new secret, which counts once a code of it was shown. One begun before is
 * replaced.
 * @returns the secret in Base32, and the address that a QR code of it carries; both are in this answer and nowhere else
 * @throws AppError `rule` (codes are asked for already), and as `requireRecentProof`
 */
export async function beginEnrolment(ctx: Context, proof: Proof): Promise<{ secret: string; uri: string }> {
  const actor = requirePerson(ctx)
  await requireRecentProof(ctx, proof)
  const secret = newTotpSecret()
  const row = { secret: await seal('second-factor', secret), createdAt: ctx.now() }
  return inTransaction(ctx, async (tx) => {
    await holdPerson(tx, actor.id)
    if ((await factorsOf(tx, actor.id)).code) throw alreadyThere()
    const fresh = { ...row, lastStep: null, failures: 0, failingSince: null }
    await tx.secondFactor.upsert({
      where: { userId: actor.id },
      create: { userId: actor.id, ...fresh },
      update: fresh,
    })
    const { email } = await tx.user.findUniqueOrThrow({ where: { id: actor.id } })
    await record(tx, ctx, { action: 'second-factor.begun', target: { kind: 'user', id: actor.id, name: actor.name } })
    return { secret, uri: totpUri(secret, { issuer: 'Keybound', label: email }) }
  })
}

/**
 * Ends the enrolment with a code of the app: from now on sign-ins ask for one. The first factor of a person ends their other
 * sessions, which were begun without it.
 * @returns recovery codes, in this answer and nowhere else
 * @throws AppError `invalid` (wrong code), `rule` (not begun, or done already), `too-many`
 */
export async function confirmEnrolment(ctx: Context, code: string): Promise<{ recoveryCodes: string[] }> {
  const actor = requirePerson(ctx)
  return attempted([[tries, actor.id]], () =>
    inTransaction(ctx, async (tx) => {
      await holdPerson(tx, actor.id)
      const factor = await tx.secondFactor.findUnique({ where: { userId: actor.id } })
      if (factor?.confirmedAt) throw alreadyThere()
      if (!factor) throw new AppError('rule', 'No enrolment was started. Start again.', { reason: 'enrolment_missing' })
      const lastStep = totpStep(await openSecret(factor.secret), code, ctx.now())
      if (lastStep === null) {
        const message = 'This code is wrong. Check the clock of your device, and enter the code that the app shows now.'
        throw invalidField(['code'], message, 'wrong')
      }
      const isFirst = !hasFactor(await factorsOf(tx, actor.id))
      const data = { confirmedAt: ctx.now(), lastStep, failures: 0, failingSince: null }
      await tx.secondFactor.update({ where: { userId: actor.id }, data })
      const recoveryCodes = await replaceRecoveryCodes(tx, actor.id)
      const sessionsEnded = isFirst ? await endSessions(tx, actor.id, actor.sessionId) : 0
      await record(tx, ctx, {
        action: 'second-factor.added',
        target: { kind: 'user', id: actor.id, name: actor.name },
        after: { recoveryCodes: recoveryCodes.length, sessionsEnded },
      })
      return { recoveryCodes }
    }),
  )
}

const alreadyThere = () =>
  new AppError('rule', 'You already have an authenticator app. Remove it before you set up another.', {
    reason: 'second_factor_exists',
  })
