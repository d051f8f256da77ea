import { inTransaction } from '@/lib/db/transaction'
import { AppError, invalidField } from '@/lib/errors'
import type { Proof } from '@/lib/model/second-factor'
import type { Context } from '../context'
import { requireOwnPassword } from '../people/own-password'
import { requirePerson } from '../people/require-person'
import { acceptCode, wrongCodeMessage } from './accept-code'

/** How long after a sign-in a session is as good as a proof. */
const freshMs = 10 * 60_000

/** Whether the actor signed in so long ago that `requireRecentProof` asks for one. */
export async function needsProof(ctx: Context): Promise<boolean> {
  const { sessionId } = requirePerson(ctx)
  const session = await ctx.db.session.findUnique({ where: { id: sessionId }, select: { createdAt: true } })
  const ageMs = ctx.now().getTime() - (session?.createdAt.getTime() ?? Number.NEGATIVE_INFINITY)
  // A time in the future is one that the clock has left: it says nothing.
  return ageMs < 0 || ageMs > freshMs
}

/**
 * Verifies that a person changes their own sign-in methods, and not someone else at their open browser: by password or code,
 * unless they have just signed in.
 * @throws AppError `rule` (no proof was given), and as `requireProof`
 */
export async function requireRecentProof(ctx: Context, proof: Proof): Promise<void> {
  const isGiven = proof.password !== undefined || proof.code !== undefined
  if (isGiven) return requireProof(ctx, proof)
  if (await needsProof(ctx)) throw proofNeeded()
}

/** @throws AppError `rule` (no proof was given), `invalid` (it is wrong), `too-many`, `unauthenticated` */
export async function requireProof(ctx: Context, { password, code }: Proof): Promise<void> {
  const person = requirePerson(ctx)
  if (password !== undefined) {
    await requireOwnPassword(ctx, password, 'password')
    return
  }
  if (code === undefined) throw proofNeeded()
  const outcome = await inTransaction(ctx, (tx) => acceptCode(tx, ctx, person, code))
  if ('accepted' in outcome) return
  throw outcome.refused === 'wrong' ? invalidField(['code'], wrongCodeMessage, 'wrong') : outcome.refused
}

const proofNeeded = () =>
  new AppError(
    'rule',
    'Confirm that it is you: enter your password or a code. If you have neither, sign out and in again, and repeat this within ten minutes.',
    { reason: 'proof_needed' },
  )
