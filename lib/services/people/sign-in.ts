import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { z } from 'zod'
import { AppError } from '@/lib/errors'
import { SignInInput } from '@/lib/trust/person'
import { toRole } from '@/lib/trust/role'
import { record } from '../audit/record'
import { type Actor, type Context, inTransaction } from '../context'
import { authOn } from './auth'

/** Attempts an address may make on an email address in five minutes. */
const limiter = new RateLimiterMemory({ points: 10, duration: 300, keyPrefix: 'sign-in' })

/**
 * Starts a session. Gives the cookies to set.
 * @throws AppError `unauthenticated` (one answer for unknown address and wrong password), `too-many`
 */
export async function signIn(ctx: Context, input: z.input<typeof SignInInput>): Promise<{ cookies: string[] }> {
  const { email, password } = SignInInput.parse(input)
  const attempts = `${ctx.ip ?? 'unknown'} ${email}`
  await limiter.consume(attempts).catch((rejection) => {
    throw rejection instanceof RateLimiterRes ? tooMany(rejection) : rejection
  })
  const cookies = await inTransaction(ctx, async (tx) => {
    const headers = new Headers()
    if (ctx.userAgent) headers.set('user-agent', ctx.userAgent)
    const answer = await authOn(tx).api.signInEmail({ body: { email, password }, headers, asResponse: true })
    const membership = await tx.membership.findFirst({
      where: { user: { email } },
      include: { user: true },
      orderBy: { createdAt: 'asc' },
    })
    const accepted = answer.ok && membership !== null
    await record(tx, ctx, {
      action: accepted ? 'session.started' : 'session.refused',
      organizationId: membership?.organizationId ?? null,
      ...(membership ? { target: { kind: 'user', id: membership.userId, name: membership.user.name } } : {}),
      ...(accepted ? { actor: toActor(membership) } : {}),
      after: { email },
    })
    return accepted ? answer.headers.getSetCookie() : null
  })
  if (!cookies) {
    throw new AppError('unauthenticated', 'Email address or password is wrong.', { reason: 'wrong_credentials' })
  }
  await limiter.delete(attempts)
  return { cookies }
}

/** Who is signed in from now on; the session has no actor before it has begun. */
const toActor = ({ userId, role, user }: { userId: string; role: string; user: { name: string } }): Actor => ({
  kind: 'user',
  id: userId,
  name: user.name,
  role: toRole(role),
  sessionId: '',
})

function tooMany(spent: RateLimiterRes) {
  const seconds = Math.max(1, Math.ceil(spent.msBeforeNext / 1000))
  return new AppError('too-many', `Too many attempts for this address. Try again in ${seconds} s.`, {
    retryAfterSeconds: seconds,
  })
}
