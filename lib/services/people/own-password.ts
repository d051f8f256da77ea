import type { z } from 'zod'
import { inTransaction } from '@/lib/db/transaction'
import { invalidField } from '@/lib/errors'
import { PasswordChange } from '@/lib/model/person'
import { hashPassword, verifyPassword } from '@/lib/passwords/hash-password'
import { attempted, attempts } from '../attempts'
import { record } from '../audit/record'
import type { Context } from '../context'
import { holdPerson } from '../in-organization'
import { forgetWrongCodes } from '../second-factor/accept-code'
import { endSessions } from './end-sessions'
import { endResetLinks } from './password-reset'
import { requirePerson } from './require-person'

/** How often a person may enter a wrong current password. */
const guesses = attempts('attempts at the current password', { name: 'own-password', points: 10, seconds: 300 })

/** Changes the actor's own password, and ends their other sessions and the reset links that were made for them. @throws AppError `invalid` (current one wrong) */
export async function changePassword(ctx: Context, input: z.input<typeof PasswordChange>): Promise<void> {
  const actor = requirePerson(ctx)
  const { currentPassword, newPassword } = PasswordChange.parse(input)
  const account = await requireOwnPassword(ctx, currentPassword, 'currentPassword')
  const password = await hashPassword(newPassword, 'urgent')
  await inTransaction(ctx, async (tx) => {
    await holdPerson(tx, actor.id)
    // The password that was checked must still be the one that counts.
    const where = { id: account.id, password: account.password }
    const { count } = await tx.account.updateMany({ where, data: { password } })
    if (count === 0) throw wrongPassword('currentPassword')
    await endResetLinks(tx, actor.id)
    await forgetWrongCodes(tx, actor.id)
    const sessionsEnded = await endSessions(tx, actor.id, actor.sessionId)
    await record(tx, ctx, {
      action: 'member.password-changed',
      target: { kind: 'user', id: actor.id, name: actor.name },
      after: { sessionsEnded },
    })
  })
}

/** The actor's account, if this is its password. @throws AppError `invalid` (of that field), `too-many`, `unauthenticated` */
export async function requireOwnPassword(ctx: Context, password: string, field: string) {
  const { id: userId } = requirePerson(ctx)
  return attempted([[guesses, userId]], async () => {
    const account = await ctx.db.account.findFirst({ where: { userId, providerId: 'credential' } })
    const isRight = account?.password && (await verifyPassword({ hash: account.password, password }, 'urgent'))
    if (!account || !isRight) throw wrongPassword(field)
    return account
  })
}

const wrongPassword = (field: string) => invalidField([field], 'This is not your current password.', 'wrong')
