import { LRUCache } from 'lru-cache'
import type { z } from 'zod'
import { inTransaction } from '@/lib/db/transaction'
import { AppError } from '@/lib/errors'
import { SignInInput } from '@/lib/model/person'
import { hashPassword, verifyPassword } from '@/lib/passwords/hash-password'
import { toRole } from '@/lib/trust/role'
import { addressKey } from '../address-key'
import { type Attempts, attempted, attempts } from '../attempts'
import { record } from '../audit/record'
import type { Actor, Context } from '../context'
import { holdPerson } from '../in-organization'
import { type Factors, factorsOf, needsSecondStep } from '../second-factor/factors'
import { secondStepCookie } from '../second-factor/second-step'
import { findKnownDevice, type KnownDevice, knownDeviceCookie } from './known-device'
import { startSession } from './start-session'

const kind = 'attempts to sign in'
const fromAddress = attempts(kind, { name: 'sign-in.address', points: 100, seconds: 300 })
const onPersonFromAddress = attempts(kind, { name: 'sign-in.person-address', points: 10, seconds: 300 })
const onPerson = attempts(kind, { name: 'sign-in.person', points: 60, seconds: 60 })
const fromKnownDevice = attempts(kind, { name: 'sign-in.device', points: 10, seconds: 300 })

/** Addresses from which people have signed in since the process began. */
const provenAddresses = new LRUCache<string, true>({ max: 10_000 })

/** The cookies to set, and whether they hold a session: null, or what the sign-in waits for. */
export type SignedIn = { cookies: string[]; secondStep: Factors | null }

/**
 * Starts a session, or the second step where this person has one to make.
 * @param headers of the request, whose cookie may prove that this person has signed in here before
 * @throws AppError `unauthenticated` (one answer for unknown address and wrong password), `too-many`
 */
export async function signIn(ctx: Context, input: z.input<typeof SignInInput>, headers: Headers): Promise<SignedIn> {
  const { email, password } = SignInInput.parse(input)
  const device = await findKnownDevice(headers, ctx.now())
  const isKnown = device !== null && (await isPersonOf(ctx, device, email))
  const limits: [Attempts, string][] = isKnown
    ? [[fromKnownDevice, `${device.id} ${email}`]]
    : strangersLimits(ctx.ip, email)
  return attempted(limits, () => attempt(ctx, { email, password, device, isKnown }))
}

/**
 * Others' wrong passwords never lock a person out of a device or an address from which they have signed in before: a device has a
 * limit of its own. Everywhere else attempts are counted by address, on one person from one address, and on one person from
 * anywhere.
 */
function strangersLimits(ip: string | null, email: string): [Attempts, string][] {
  const address = addressKey(ip)
  const fromHere = `${address} ${email}`
  const byAddress: [Attempts, string][] = [
    [fromAddress, address],
    [onPersonFromAddress, fromHere],
  ]
  return provenAddresses.has(fromHere) ? byAddress : [...byAddress, [onPerson, email]]
}

const isPersonOf = async (ctx: Context, { userIds }: KnownDevice, email: string) =>
  (await ctx.db.user.count({ where: { email, id: { in: userIds } } })) > 0

type Attempt = { email: string; password: string; device: KnownDevice | null; isKnown: boolean }

async function attempt(ctx: Context, { email, password, device, isKnown }: Attempt): Promise<SignedIn> {
  // Hashing takes long on purpose, so it is done before the transaction; an unknown person costs the same work.
  const account = await ctx.db.account.findFirst({ where: { providerId: 'credential', user: { email } } })
  const hash = account?.password ?? null
  const urgency = isKnown ? 'urgent' : 'ordinary'
  const isRight = await verifyPassword({ hash: hash ?? (await decoyHash()), password }, urgency)
  const started = await inTransaction(ctx, async (tx) => {
    if (account) await holdPerson(tx, account.userId)
    const membership = await tx.membership.findFirst({
      where: { user: { email } },
      include: {
        organization: { select: { requiresSecondFactor: true } },
        user: { include: { accounts: { where: { providerId: 'credential' } } } },
      },
      orderBy: { createdAt: 'asc' },
    })
    // The password that was checked must still be the one that counts.
    const isCurrent = hash !== null && membership?.user.accounts.some((account) => account.password === hash)
    const person = isRight && isCurrent ? membership : null
    const factors = person && (await factorsOf(tx, person.userId))
    const isRequired = membership?.organization.requiresSecondFactor ?? false
    const secondStep = factors && needsSecondStep('password', factors, isRequired) ? factors : null
    await record(tx, ctx, {
      action: person ? (secondStep ? 'session.challenged' : 'session.started') : 'session.refused',
      organizationId: membership?.organizationId ?? null,
      ...(membership ? { target: { kind: 'user', id: membership.userId, name: membership.user.name } } : {}),
      ...(person ? { actor: toActor(person) } : {}),
      after: { email },
    })
    if (!person) return null
    const { userId } = person
    if (secondStep) {
      return {
        userId,
        secondStep,
        cookies: [await secondStepCookie(tx, ctx, { userId, first: 'password', next: '/' })],
      }
    }
    return { userId, secondStep, cookies: await startSession(tx, ctx, userId, 'password') }
  })
  if (!started) {
    throw new AppError('unauthenticated', 'Email address or password is wrong.', { reason: 'wrong_credentials' })
  }
  const { userId, cookies, secondStep } = started
  // A password alone proves neither the device nor the address of a person who signs in with more.
  if (secondStep) return { cookies, secondStep }
  provenAddresses.set(`${addressKey(ctx.ip)} ${email}`, true)
  return { cookies: [...cookies, await knownDeviceCookie(device, userId, ctx.now())], secondStep }
}

/** The actor of the new session; the request itself has none. */
export const toActor = ({ userId, role, user }: { userId: string; role: string; user: { name: string } }): Actor => ({
  kind: 'user',
  id: userId,
  name: user.name,
  role: toRole(role),
  sessionId: '',
})

let decoy: Promise<string> | undefined

/** The hash of a password that no person has. */
function decoyHash(): Promise<string> {
  decoy ??= hashPassword(crypto.randomUUID())
  return decoy
}
