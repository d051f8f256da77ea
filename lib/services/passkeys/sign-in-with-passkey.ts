import { generateAuthenticationOptions, verifyAuthenticationResponse } from '@simplewebauthn/server'
import { base64url } from 'jose'
import type { z } from 'zod'
import type { Tx } from '@/lib/db/client'
import { inTransaction } from '@/lib/db/transaction'
import { AppError } from '@/lib/errors'
import type { PasskeyAssertion } from '@/lib/model/passkey'
import { toRole } from '@/lib/trust/role'
import { addressKey } from '../address-key'
import { attempted, attempts } from '../attempts'
import { record } from '../audit/record'
import type { Context } from '../context'
import { holdPerson } from '../in-organization'
import { expiredCookie } from '../own-cookie'
import { findKnownDevice, knownDeviceCookie } from '../people/known-device'
import { startSession } from '../people/start-session'
import { storeChallenge, takeChallenge } from './challenge'
import { storedCounter } from './counter'
import { findPasskeySite, type PasskeySite, requirePasskeySite } from './passkey-site'

/** Each is a row for five minutes. */
const begun = attempts('sign-ins begun from this address', { name: 'passkey.begin', points: 120, seconds: 60 })
const tries = attempts('attempts to sign in', { name: 'passkey.try', points: 100, seconds: 300 })

/** Whether the sign-in page can offer passkeys: they work at this address, and at least one is registered. */
export async function offersPasskeys(ctx: Context, headers: Headers): Promise<boolean> {
  if (!findPasskeySite(headers)) return false
  return (await ctx.db.passkey.findFirst({ select: { id: true } })) !== null
}

/**
 * Begins a sign-in with any person's passkey: the authenticator knows whose it is. Gives the options for the browser, and the
 * cookies to set.
 * @throws AppError `rule` (no passkeys here), `too-many`
 */
export async function beginPasskeySignIn(ctx: Context, headers: Headers) {
  const { rpId } = requirePasskeySite(headers)
  await begun.count(addressKey(ctx.ip))
  const options = await generateAuthenticationOptions({ rpID: rpId, userVerification: 'required' })
  const cookie = await storeChallenge(ctx, { purpose: 'sign-in', userId: null }, options.challenge)
  return { options, cookies: [cookie] }
}

type Assertion = z.output<typeof PasskeyAssertion>

/**
 * Starts a session by a passkey. The device has verified the person, so a passkey replaces both steps of a sign-in. Gives the
 * cookies to set.
 * @throws AppError `unauthenticated` (one answer for every passkey that does not count), `rule`, `too-many`
 */
export async function signInWithPasskey(
  ctx: Context,
  assertion: Assertion,
  headers: Headers,
): Promise<{ cookies: string[] }> {
  const site = requirePasskeySite(headers)
  return attempted([[tries, addressKey(ctx.ip)]], async () => {
    const challenge = await takeChallenge(ctx.db, ctx, { purpose: 'sign-in', userId: null }, headers)
    if (challenge === null)
      throw refused('This sign-in was already finished, or took longer than five minutes. Start again.')
    const started = await inTransaction(ctx, (tx) => judge(tx, ctx, { assertion, challenge, site }))
    if (!started) throw refused('This passkey is not accepted here. Sign in another way, or ask an admin.')
    const known = await knownDeviceCookie(await findKnownDevice(headers, ctx.now()), started.userId, ctx.now())
    return { cookies: [...started.cookies, known, expiredCookie('passkey'), expiredCookie('second-step')] }
  })
}

async function judge(
  tx: Tx,
  ctx: Context,
  { assertion, challenge, site }: { assertion: Assertion; challenge: string; site: PasskeySite },
): Promise<{ userId: string; cookies: string[] } | null> {
  const owner = await tx.passkey.findUnique({ where: { credentialId: assertion.id }, select: { userId: true } })
  if (owner) await holdPerson(tx, owner.userId)
  const passkey = await tx.passkey.findUnique({
    where: { credentialId: assertion.id },
    include: { user: { include: { memberships: { orderBy: { createdAt: 'asc' }, take: 1 } } } },
  })
  const membership = passkey?.user.memberships[0]
  if (!passkey || !membership) {
    await record(tx, ctx, { action: 'session.refused', after: { passkey: 'not known' } })
    return null
  }
  const { user, userId } = passkey
  const { handleDiffers, problem, counter, isBackedUp } = await checked(passkey, assertion, challenge, site)
  const isRefused = handleDiffers || problem !== null
  const role = toRole(membership.role)
  const actor = { kind: 'user', id: userId, name: user.name, role, sessionId: '' } as const
  await record(tx, ctx, {
    action: isRefused ? 'session.refused' : 'session.started',
    organizationId: membership.organizationId,
    ...(isRefused ? {} : { actor }),
    target: { kind: 'user', id: userId, name: user.name },
    after: { email: user.email, passkey: passkey.name, ...(isRefused ? { problem: problem ?? 'another user' } : {}) },
  })
  if (isRefused) return null
  await tx.passkey.update({ where: { id: passkey.id }, data: { counter, isBackedUp, lastUsedAt: ctx.now() } })
  return { userId, cookies: await startSession(tx, ctx, userId, 'passkey') }
}

async function checked(
  passkey: { userId: string; credentialId: string; publicKey: string; counter: number },
  assertion: Assertion,
  expectedChallenge: string,
  site: PasskeySite,
) {
  const { userHandle } = assertion.response
  const handleDiffers = userHandle !== undefined && userHandle !== base64url.encode(passkey.userId)
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: { ...assertion, clientExtensionResults: {} },
      expectedChallenge,
      expectedOrigin: site.origin,
      expectedRPID: site.rpId,
      credential: {
        id: passkey.credentialId,
        publicKey: new Uint8Array(base64url.decode(passkey.publicKey)),
        counter: passkey.counter,
      },
      requireUserVerification: true,
    })
    const { newCounter, credentialBackedUp } = authenticationInfo
    const problem = verified ? null : 'signature'
    return { handleDiffers, problem, counter: storedCounter(newCounter), isBackedUp: credentialBackedUp }
  } catch (error) {
    // A counter that goes back is how a copied authenticator shows (WebAuthn §6.1.1).
    const isCopied = error instanceof Error && /counter value/i.test(error.message)
    const problem = isCopied ? 'counter went back' : 'not made for this sign-in'
    return { handleDiffers, problem, counter: passkey.counter, isBackedUp: false }
  }
}

const refused = (message: string) => new AppError('unauthenticated', message, { reason: 'passkey_refused' })
