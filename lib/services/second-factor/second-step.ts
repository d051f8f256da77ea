import { z } from 'zod'
import type { Tx } from '@/lib/db/client'
import { storedOrNull } from '@/lib/db/stored-json'
import { inTransaction } from '@/lib/db/transaction'
import { AppError } from '@/lib/errors'
import { ownPath } from '@/lib/model/own-path'
import { toEpochSeconds } from '@/lib/trust/epoch-seconds'
import { toRole } from '@/lib/trust/role'
import { sha256Hex } from '@/lib/trust/sha256-hex'
import { addressKey } from '../address-key'
import { attempted, attempts } from '../attempts'
import { record } from '../audit/record'
import type { Context } from '../context'
import { holdPerson } from '../in-organization'
import { seal, unseal } from '../installation/seal'
import { isLiveFor } from '../live-for'
import { cookieIn, expiredCookie, ownCookie } from '../own-cookie'
import { findKnownDevice, knownDeviceCookie } from '../people/known-device'
import { startSession } from '../people/start-session'
import { acceptCode, wrongCodeMessage } from './accept-code'
import { type FirstStep, factorsOf } from './factors'

const secondStepSeconds = 300

/** Of the path to open in the end; a cookie holds 4 096 bytes. */
const nextMax = 1_000

/** The second factors that can complete a sign-in, and the page to open then. */
export type SecondStep = { code: boolean; passkey: boolean; next: string }

const Pending = z.object({
  userId: z.string(),
  first: z.enum(['password', 'provider']),
  next: z.string(),
  state: z.string(),
  untilSeconds: z.number(),
})
type Pending = z.output<typeof Pending>

/**
 * The cookie that says that the first step of a sign-in was made in this browser. It is no session, lasts five minutes, and is
 * tied to what the second step uses up (see `stateOf`), so it counts once.
 */
export async function secondStepCookie(
  tx: Tx,
  ctx: Context,
  { userId, first, next }: { userId: string; first: FirstStep; next: string },
): Promise<string> {
  const untilSeconds = toEpochSeconds(ctx.now()) + secondStepSeconds
  const short = next.length <= nextMax ? next : '/'
  const pending: Pending = { userId, first, next: short, state: await stateOf(tx, userId), untilSeconds }
  const sealed = await seal('second-step', JSON.stringify(pending))
  return ownCookie('second-step', sealed, { maxAgeSeconds: secondStepSeconds, sameSite: 'Strict' })
}

/** The second step that this browser's sign-in is waiting for; null = none. */
export async function getSecondStep(ctx: Context, headers: Headers): Promise<SecondStep | null> {
  const pending = await findPending(ctx, headers)
  if (!pending || (await stateOf(ctx.db, pending.userId)) !== pending.state) return null
  return { ...(await factorsOf(ctx.db, pending.userId)), next: ownPath(pending.next) }
}

const tries = attempts('attempts to sign in', { name: 'second-factor.step', points: 100, seconds: 300 })

/**
 * Ends a sign-in by a code of the person's app, or a recovery code. Gives the cookies to set.
 * @throws AppError `unauthenticated` (wrong code; nothing was begun in this browser, or too long ago), `too-many`
 */
export async function completeSecondStep(ctx: Context, code: string, headers: Headers): Promise<{ cookies: string[] }> {
  return attempted([[tries, addressKey(ctx.ip)]], async () => {
    const pending = await findPending(ctx, headers)
    if (!pending) throw stepIsOver()
    const { userId } = pending
    const outcome = await inTransaction(ctx, async (tx) => {
      await holdPerson(tx, userId)
      const membership = await tx.membership.findFirst({
        where: { userId },
        include: { user: true },
        orderBy: { createdAt: 'asc' },
      })
      if (!membership || (await stateOf(tx, userId)) !== pending.state) throw stepIsOver()
      const { organizationId, user } = membership
      const role = toRole(membership.role)
      const actor = { kind: 'user', id: userId, name: user.name, role, sessionId: '' } as const
      const accepted = await acceptCode(tx, ctx, user, code, { actor, organizationId })
      const isAccepted = 'accepted' in accepted
      if (!isAccepted && accepted.refused !== 'wrong') throw accepted.refused
      await record(tx, ctx, {
        action: isAccepted ? 'session.started' : 'session.refused',
        organizationId,
        ...(isAccepted ? { actor } : {}),
        target: { kind: 'user', id: userId, name: user.name },
        after: { email: user.email, secondStep: isAccepted ? accepted.accepted : 'wrong code' },
      })
      return isAccepted ? { cookies: await startSession(tx, ctx, userId, `${pending.first}+code`) } : null
    })
    if (!outcome) throw new AppError('unauthenticated', wrongCodeMessage, { reason: 'wrong_code' })
    const known = await knownDeviceCookie(await findKnownDevice(headers, ctx.now()), userId, ctx.now())
    return { cookies: [...outcome.cookies, known, expiredCookie('second-step')] }
  })
}

async function findPending(ctx: Context, headers: Headers): Promise<Pending | null> {
  const sealed = cookieIn(headers, 'second-step')
  if (!sealed || sealed.length > 4_000) return null
  const opened = await unseal('second-step', sealed).catch(() => null)
  const pending = storedOrNull(opened, Pending)
  return pending && isLiveFor(pending.untilSeconds, ctx.now(), secondStepSeconds) ? pending : null
}

/**
 * Changes with every code that is accepted, and with the password, the factors, the role and the links to providers of the person: a
 * first step that was made before counts no more.
 */
async function stateOf(db: Reader, userId: string): Promise<string> {
  const [account, factor, codes, passkeys, links, memberships] = await Promise.all([
    db.account.findFirst({ where: { userId, providerId: 'credential' }, select: { password: true } }),
    db.secondFactor.findUnique({ where: { userId }, select: { confirmedAt: true, lastStep: true } }),
    db.recoveryCode.count({ where: { userId, usedAt: null } }),
    db.passkey.count({ where: { userId } }),
    db.userLink.findMany({ where: { userId, trust: { enabled: true } }, select: { id: true }, orderBy: { id: 'asc' } }),
    db.membership.findMany({ where: { userId }, select: { role: true }, orderBy: { id: 'asc' } }),
  ])
  const roles = memberships.map(({ role }) => role)
  return sha256Hex(
    JSON.stringify([account?.password, factor?.confirmedAt, factor?.lastStep, codes, passkeys, links, roles]),
  )
}

type Reader = Pick<Tx, 'account' | 'secondFactor' | 'recoveryCode' | 'passkey' | 'userLink' | 'membership'>

const stepIsOver = () =>
  new AppError('unauthenticated', 'This sign-in was already finished, or took longer than five minutes. Start again.', {
    reason: 'second_step_over',
  })
