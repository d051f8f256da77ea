import { generateRegistrationOptions, verifyRegistrationResponse } from '@simplewebauthn/server'
import { decodeAttestationObject, isoCBOR } from '@simplewebauthn/server/helpers'
import { base64url } from 'jose'
import type { z } from 'zod'
import { inTransaction, isTaken } from '@/lib/db/transaction'
import { AppError, notFound } from '@/lib/errors'
import { isId, newId } from '@/lib/ids'
import { PasskeyInput, PasskeyPatch, passkeysMax } from '@/lib/model/passkey'
import type { Proof } from '@/lib/model/second-factor'
import { record, recordNothing } from '../audit/record'
import type { Context } from '../context'
import { expiredCookie } from '../own-cookie'
import { endSessions } from '../people/end-sessions'
import { requirePerson } from '../people/require-person'
import { holdForFactors, requireAFactorLeft } from '../second-factor/change'
import { factorsOf, hasFactor } from '../second-factor/factors'
import { requireRecentProof } from '../second-factor/proof'
import { storeChallenge, takeChallenge } from './challenge'
import { storedCounter } from './counter'
import { requirePasskeySite } from './passkey-site'

export type ListedPasskey = {
  id: string
  name: string
  /** Whether it is synchronised to other devices. */
  isBackedUp: boolean
  createdAt: Date
  lastUsedAt: Date | null
}

/** The actor's own passkeys, the oldest first. @throws AppError `unauthenticated` */
export async function listPasskeys(ctx: Context): Promise<ListedPasskey[]> {
  const { id: userId } = requirePerson(ctx)
  return ctx.db.passkey.findMany({ where: { userId }, select: listed, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] })
}

/**
 * Begins the registration of a passkey. Gives the options for the browser, and the cookies to set.
 * @throws AppError `rule` (no passkeys here, or too many), and as `requireRecentProof`
 */
export async function beginPasskey(ctx: Context, proof: Proof, headers: Headers) {
  const { id: userId } = requirePerson(ctx)
  const site = requirePasskeySite(headers)
  await requireRecentProof(ctx, proof)
  const user = await ctx.db.user.findUniqueOrThrow({ where: { id: userId }, include: { passkeys: true } })
  if (user.passkeys.length >= passkeysMax) throw tooManyPasskeys()
  const options = await generateRegistrationOptions({
    rpName: 'Keybound',
    rpID: site.rpId,
    userID: new TextEncoder().encode(userId),
    userName: user.email,
    userDisplayName: user.name,
    attestationType: 'none',
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    excludeCredentials: user.passkeys.map(({ credentialId }) => ({ id: credentialId })),
  })
  const cookie = await storeChallenge(ctx, { purpose: 'register', userId }, options.challenge)
  // A challenge is gone within minutes; the passkey will be on record.
  recordNothing(ctx)
  return { options, cookies: [cookie] }
}

/**
 * Registers the passkey that the browser has made. Where the organization requires a second factor and this is the first, other
 * sessions end, which were begun without it.
 * @throws AppError `rule` (not made for this challenge, this site or by a verified person; known already; too many)
 */
export async function addPasskey(
  ctx: Context,
  input: z.input<typeof PasskeyInput>,
  headers: Headers,
): Promise<{ passkey: ListedPasskey; cookies: string[] }> {
  const actor = requirePerson(ctx)
  const { name, credential } = PasskeyInput.parse(input)
  const site = requirePasskeySite(headers)
  const challenge = await takeChallenge(ctx.db, ctx, { purpose: 'register', userId: actor.id }, headers)
  if (challenge === null)
    throw refused('The registration took longer than five minutes, or was already finished. Start again.')
  const made = await verified(challenge)
  return inTransaction(ctx, async (tx) => {
    await holdForFactors(tx, ctx, actor.id)
    if ((await tx.passkey.count({ where: { userId: actor.id } })) >= passkeysMax) throw tooManyPasskeys()
    const isFirst = actor.lacksSecondFactor && !hasFactor(await factorsOf(tx, actor.id))
    const passkey = await tx.passkey
      .create({
        data: {
          id: newId(),
          userId: actor.id,
          name,
          credentialId: made.credential.id,
          publicKey: base64url.encode(made.credential.publicKey),
          counter: storedCounter(made.credential.counter),
          transports: JSON.stringify(credential.response.transports ?? []),
          isBackedUp: made.credentialBackedUp,
          createdAt: ctx.now(),
        },
        select: listed,
      })
      .catch((error) => {
        throw isTaken(error) ? refused('This passkey is registered already.') : error
      })
    const sessionsEnded = isFirst ? await endSessions(tx, actor.id, actor.sessionId) : 0
    await record(tx, ctx, {
      action: 'passkey.added',
      target: { kind: 'user', id: actor.id, name: actor.name },
      after: { id: passkey.id, name, isBackedUp: passkey.isBackedUp, sessionsEnded },
    })
    return { passkey, cookies: [expiredCookie('passkey')] }
  })

  async function verified(expectedChallenge: string) {
    try {
      const attestationObject = withoutAttestation(credential.response.attestationObject)
      const { registrationInfo } = await verifyRegistrationResponse({
        response: {
          ...credential,
          response: { ...credential.response, attestationObject },
          clientExtensionResults: {},
        },
        expectedChallenge,
        expectedOrigin: site.origin,
        expectedRPID: site.rpId,
        requireUserVerification: true,
      })
      if (registrationInfo) return registrationInfo
    } catch (cause) {
      throw refused('The passkey was not made for this page, or its device did not verify you. Start again.', cause)
    }
    throw refused('The passkey could not be verified. Start again.')
  }
}

/**
 * An attestation object without what it says of the authenticator's maker, which is not asked for (`none`, WebAuthn §8.7). It must not
 * reach the library: for certificates that a caller has made, it would fetch whatever addresses they name, past the guard of
 * lib/net.
 */
function withoutAttestation(attestationObject: string): string {
  const decoded = decodeAttestationObject(new Uint8Array(base64url.decode(attestationObject)))
  const bare = new Map<string, unknown>([
    ['fmt', 'none'],
    ['attStmt', new Map()],
    ['authData', decoded.get('authData')],
  ])
  return base64url.encode(isoCBOR.encode(bare as Parameters<typeof isoCBOR.encode>[0]))
}

/** @throws AppError `not-found` */
export async function renamePasskey(ctx: Context, id: string, input: z.input<typeof PasskeyPatch>): Promise<void> {
  const actor = requirePerson(ctx)
  const { name } = PasskeyPatch.parse(input)
  await inTransaction(ctx, async (tx) => {
    const before = isId(id) ? await tx.passkey.findFirst({ where: { id, userId: actor.id } }) : null
    if (!before) throw noPasskey()
    if (before.name === name) {
      recordNothing(ctx)
      return
    }
    await tx.passkey.update({ where: { id }, data: { name } })
    await record(tx, ctx, {
      action: 'passkey.renamed',
      target: { kind: 'user', id: actor.id, name: actor.name },
      before: { id, name: before.name },
      after: { id, name },
    })
  })
}

/** @throws AppError `not-found`, `rule` (the last second factor where one is required), and as `requireRecentProof` */
export async function removePasskey(ctx: Context, id: string, proof: Proof): Promise<void> {
  const actor = requirePerson(ctx)
  await requireRecentProof(ctx, proof)
  await inTransaction(ctx, async (tx) => {
    await holdForFactors(tx, ctx, actor.id)
    const before = isId(id) ? await tx.passkey.findFirst({ where: { id, userId: actor.id } }) : null
    if (!before) throw noPasskey()
    await tx.passkey.delete({ where: { id } })
    await requireAFactorLeft(tx, ctx, actor.id)
    await record(tx, ctx, {
      action: 'passkey.removed',
      target: { kind: 'user', id: actor.id, name: actor.name },
      before: { id, name: before.name },
    })
  })
}

const listed = { id: true, name: true, isBackedUp: true, createdAt: true, lastUsedAt: true } as const

const noPasskey = () => notFound('You have no such passkey.')

const refused = (message: string, cause?: unknown) =>
  new AppError('rule', message, { reason: 'passkey_refused', cause })

const tooManyPasskeys = () =>
  new AppError('rule', `You already have ${passkeysMax} passkeys, which is the maximum. Remove one first.`, {
    reason: 'too_many_passkeys',
  })
