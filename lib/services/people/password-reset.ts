import type { z } from 'zod'
import type { Tx } from '@/lib/db/client'
import { inTransaction } from '@/lib/db/transaction'
import { AppError } from '@/lib/errors'
import { newId } from '@/lib/ids'
import { PasswordResetInput } from '@/lib/model/person'
import { hashPassword } from '@/lib/passwords/hash-password'
import { toRole } from '@/lib/trust/role'
import { sha256Hex } from '@/lib/trust/sha256-hex'
import { addressKey } from '../address-key'
import { attempts } from '../attempts'
import { record } from '../audit/record'
import type { Context } from '../context'
import { holdPerson, inOrganization } from '../in-organization'
import { liveFor } from '../live-for'
import { forgetWrongCodes } from '../second-factor/accept-code'
import { findPersonIn } from '../sign-in/find-person'
import { isSecret, newSecret } from '../sign-in/sign-in-secret'
import { endSessions } from './end-sessions'

const resetSeconds = 24 * 3600

/** Secrets that one address may try; each has 256 random bits. */
const tries = attempts('attempts at a reset link', { name: 'reset-link', points: 20, seconds: 300 })

/**
 * Creates a link by which a person can set a new password, once and within a day; earlier links end. Only this answer contains
 * its secret, which the admin passes on.
 * @returns the path to open; the secret is behind `#`, which browsers do not send
 * @throws AppError `not-found`
 */
export async function makeResetLink(ctx: Context, userId: string): Promise<{ path: string; expiresAt: Date }> {
  const secret = newSecret()
  const tokenHash = await sha256Hex(secret)
  const expiresAt = new Date(ctx.now().getTime() + resetSeconds * 1000)
  return inOrganization(ctx, 'administer', async (tx, ctx) => {
    const person = await findPersonIn(tx, ctx.organizationId, userId)
    await endResetLinks(tx, person.id)
    await tx.passwordReset.create({
      data: { id: newId(), userId: person.id, tokenHash, createdAt: ctx.now(), expiresAt },
    })
    await record(tx, ctx, {
      action: 'member.reset-link-made',
      target: { kind: 'user', id: person.id, name: person.name },
      after: { expiresAt },
    })
    return { path: `/reset-password#${secret}`, expiresAt }
  })
}

/** Ends the reset links of a person. */
export async function endResetLinks(tx: Tx, userId: string): Promise<void> {
  await tx.passwordReset.deleteMany({ where: { userId } })
}

/**
 * Ends every reset link of an organization when an admin loses that role: each link gives access to a person's account, and its
 * maker may have kept a copy.
 */
export async function endAllResetLinks(tx: Tx, organizationId: string): Promise<void> {
  await tx.passwordReset.deleteMany({ where: { user: { memberships: { some: { organizationId } } } } })
}

/**
 * Sets a new password by such a link, and ends every session of the person, who then signs in with it.
 * @throws AppError `rule` (unknown, used or too old), `too-many`
 */
export async function resetPassword(ctx: Context, input: z.input<typeof PasswordResetInput>): Promise<void> {
  const { token, newPassword } = PasswordResetInput.parse(input)
  await tries.count(addressKey(ctx.ip))
  const where = { tokenHash: await sha256Hex(token), expiresAt: liveFor(ctx.now(), resetSeconds) }
  const known = isSecret(token) ? await ctx.db.passwordReset.findFirst({ where }) : null
  if (!known) throw linkIsDead()
  const { userId } = known
  const password = await hashPassword(newPassword)
  await inTransaction(ctx, async (tx) => {
    await holdPerson(tx, userId)
    const { count } = await tx.passwordReset.deleteMany({ where: { id: known.id } })
    const membership = await tx.membership.findFirst({ where: { userId }, include: { user: true } })
    if (count === 0 || !membership) throw linkIsDead()
    const credential = { userId, providerId: 'credential' }
    const { count: changed } = await tx.account.updateMany({ where: credential, data: { password } })
    // A person who signed in through a provider so far has a password from now on.
    if (changed === 0) {
      await tx.account.create({
        data: { id: newId(), accountId: userId, ...credential, password, createdAt: ctx.now() },
      })
    }
    await forgetWrongCodes(tx, userId)
    const sessionsEnded = await endSessions(tx, userId)
    const { name } = membership.user
    await record(tx, ctx, {
      action: 'member.password-reset',
      organizationId: membership.organizationId,
      actor: { kind: 'user', id: userId, name, role: toRole(membership.role), sessionId: '' },
      target: { kind: 'user', id: userId, name },
      after: { sessionsEnded },
    })
  })
}

const linkIsDead = () =>
  new AppError('rule', 'This link was used already, is too old, or is not complete. Ask an admin for a new one.', {
    reason: 'reset_link_dead',
  })
