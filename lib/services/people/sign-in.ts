import { hashPassword, verifyPassword } from 'better-auth/crypto'
import type { z } from 'zod'
import { AppError } from '@/lib/errors'
import { SignInInput } from '@/lib/trust/person'
import { toRole } from '@/lib/trust/role'
import { addressKey } from '../address-key'
import { attempts } from '../attempts'
import { record } from '../audit/record'
import { type Actor, type Context, inTransaction } from '../context'
import { holdPerson } from '../in-organization'
import { authOn } from './auth'

// On one person from one address, in all from one address, and on one person from anywhere.
const onPersonFromAddress = attempts('sign-in', { points: 10, seconds: 300 })
const fromAddress = attempts('sign-in-address', { points: 100, seconds: 300 })
const onPerson = attempts('sign-in-person', { points: 60, seconds: 60 })

/**
 * Starts a session. Gives the cookies to set.
 * @throws AppError `unauthenticated` (one answer for unknown address and wrong password), `too-many`
 */
export async function signIn(ctx: Context, input: z.input<typeof SignInInput>): Promise<{ cookies: string[] }> {
  const { email, password } = SignInInput.parse(input)
  const address = addressKey(ctx.ip)
  await onPersonFromAddress.count(`${address} ${email}`)
  await fromAddress.count(address)
  await onPerson.count(email)
  // Hashing takes long on purpose, so it is done before the transaction; somebody unknown costs the same work.
  const account = await ctx.db.account.findFirst({ where: { providerId: 'credential', user: { email } } })
  const hash = account?.password ?? null
  const isRight = await verifyPassword({ hash: hash ?? (await decoyHash()), password })
  const cookies = await inTransaction(ctx, async (tx) => {
    if (account) await holdPerson(tx, account.userId)
    const membership = await tx.membership.findFirst({
      where: { user: { email } },
      include: { user: { include: { accounts: { where: { providerId: 'credential' } } } } },
      orderBy: { createdAt: 'asc' },
    })
    // The password that was checked must still be the one that counts.
    const isCurrent = hash !== null && membership?.user.accounts.some((account) => account.password === hash)
    const person = isRight && isCurrent ? membership : null
    await record(tx, ctx, {
      action: person ? 'session.started' : 'session.refused',
      organizationId: membership?.organizationId ?? null,
      ...(membership ? { target: { kind: 'user', id: membership.userId, name: membership.user.name } } : {}),
      ...(person ? { actor: toActor(person) } : {}),
      after: { email },
    })
    if (!person) return null
    const headers = new Headers(ctx.userAgent ? { 'user-agent': ctx.userAgent } : {})
    const answer = await authOn(tx).api.startSession({ body: { userId: person.userId }, headers, asResponse: true })
    return answer.headers.getSetCookie()
  })
  if (!cookies) {
    throw new AppError('unauthenticated', 'Email address or password is wrong.', { reason: 'wrong_credentials' })
  }
  await onPersonFromAddress.forget(`${address} ${email}`)
  return { cookies }
}

/** Who is signed in from now on; the session has no actor before it has begun. */
export const toActor = ({ userId, role, user }: { userId: string; role: string; user: { name: string } }): Actor => ({
  kind: 'user',
  id: userId,
  name: user.name,
  role: toRole(role),
  sessionId: '',
})

let decoy: Promise<string> | undefined

/** The hash of a password nobody has. */
function decoyHash(): Promise<string> {
  decoy ??= hashPassword(crypto.randomUUID())
  return decoy
}
