import { inTransaction } from '@/lib/db/transaction'
import { toTrust } from '@/lib/db/trust-row'
import { sha256Hex } from '@/lib/trust/sha256-hex'
import { record, recordNothing } from '../audit/record'
import type { Context } from '../context'
import { holdPerson } from '../in-organization'
import { liveFor } from '../live-for'
import { toActor } from '../people/sign-in'
import { startSession } from '../people/start-session'
import { factorsOf, needsSecondStep } from '../second-factor/factors'
import { secondStepCookie } from '../second-factor/second-step'
import { openSignInOf } from './open-sign-in'
import { intentSeconds } from './store-intent'

/** The result of the last step: a session and the next page, or the reason against it. */
export type Finished = { path: string; cookies: string[] } | { reason: 'browser_differs' | 'sign_in_state' }

/**
 * Starts the session of a sign-in whose token was accepted (or its second step, where the organization requires one): once, in the browser that began it, while the provider is
 * active and offered.
 */
export async function finishSignIn(
  ctx: Context,
  { id, token, browser }: { id: string; token: string; browser: string | null },
): Promise<Finished> {
  const browserHash = browser && (await sha256Hex(browser))
  const tokenHash = await sha256Hex(token)
  const finished = await inTransaction(ctx, async (tx): Promise<Finished> => {
    const intent = await tx.signInIntent.findFirst({
      where: { id, purpose: 'session', status: 'succeeded', tokenHash, expiresAt: liveFor(ctx.now(), intentSeconds) },
      include: { trust: true },
    })
    if (!intent?.userId || !openSignInOf(toTrust(intent.trust))) return { reason: 'sign_in_state' }
    if (browserHash === null || intent.browserHash !== browserHash) return { reason: 'browser_differs' }
    await holdPerson(tx, intent.userId)
    const { count } = await tx.signInIntent.updateMany({
      where: { id, status: 'succeeded' },
      data: { status: 'consumed', tokenHash: null },
    })
    const { organizationId } = intent.trust
    const membership = await tx.membership.findUnique({
      where: { organizationId_userId: { organizationId, userId: intent.userId } },
      include: { user: true, organization: { select: { requiresSecondFactor: true } } },
    })
    if (count === 0 || !membership) return { reason: 'sign_in_state' }
    const { user } = membership
    const { requiresSecondFactor } = membership.organization
    const isLast = !needsSecondStep('provider', await factorsOf(tx, user.id), requiresSecondFactor)
    const step = { userId: user.id, first: 'provider', next: intent.successUrl } as const
    const cookies = isLast ? await startSession(tx, ctx, user.id, 'provider') : [await secondStepCookie(tx, ctx, step)]
    await record(tx, ctx, {
      action: isLast ? 'session.started' : 'session.challenged',
      organizationId,
      actor: toActor(membership),
      target: { kind: 'user', id: user.id, name: user.name },
      after: { email: user.email, provider: intent.trust.name },
    })
    return { path: isLast ? intent.successUrl : '/sign-in?step=second', cookies }
  })
  // Unauthenticated, so failures are not recorded.
  if ('reason' in finished) recordNothing(ctx)
  return finished
}
