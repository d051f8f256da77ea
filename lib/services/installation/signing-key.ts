import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose'
import { z } from 'zod'
import type { Db } from '@/lib/db/client'
import { storedOrNull } from '@/lib/db/stored-json'
import { isTaken } from '@/lib/db/transaction'
import { AppError } from '@/lib/errors'
import { seal, unseal } from './seal'

/** What this installation signs access tokens with (RFC 7518 §3.4). */
export const signingAlgorithm = 'ES256'

export type SigningKey = { kid: string; publicJwk: JWK; publicKey: CryptoKey; privateKey: CryptoKey }

/**
 * The key that signs now, made on first need. Kept per process, for it never changes while the process lives: a second
 * process finds the first one's row.
 */
export function signingKey(db: Db): Promise<SigningKey> {
  kept ??= findOrMake(db).catch((error) => {
    kept = null
    throw error
  })
  return kept
}

let kept: Promise<SigningKey> | null = null

/** The public keys with which a resource server verifies access tokens offline (RFC 7517 §5). */
export async function publicKeySet(db: Db): Promise<{ keys: JWK[] }> {
  const { publicJwk } = await signingKey(db)
  return { keys: [publicJwk] }
}

async function findOrMake(db: Db): Promise<SigningKey> {
  const stored = await db.signingKey.findUnique({ where: { id: slot } })
  if (stored) return open(stored)
  const made = await makeRow()
  // Two processes may come here at once; the row's fixed id lets only one of them in.
  const row = await db.signingKey.create({ data: made }).catch((error) => {
    if (!isTaken(error)) throw error
    return db.signingKey.findUniqueOrThrow({ where: { id: slot } })
  })
  return open(row)
}

const slot = 'access-token'

async function makeRow() {
  const pair = await generateKeyPair(signingAlgorithm, { extractable: true })
  const publicJwk = await exportJWK(pair.publicKey)
  const kid = await calculateJwkThumbprint(publicJwk)
  return {
    id: slot,
    algorithm: signingAlgorithm,
    publicJwk: JSON.stringify({ ...publicJwk, kid, use: 'sig', alg: signingAlgorithm }),
    privateJwk: await seal('signing-key', JSON.stringify(await exportJWK(pair.privateKey))),
  }
}

async function open(row: { publicJwk: string; privateJwk: string }): Promise<SigningKey> {
  const privateText = await unseal('signing-key', row.privateJwk).catch((cause) => {
    throw new SigningKeyError(isSealed(row.privateJwk) ? 'other-secret' : 'unreadable', { cause })
  })
  const publicJwk = storedOrNull(row.publicJwk, Jwk)
  const privateJwk = storedOrNull(privateText, Jwk)
  if (!publicJwk?.kid || !privateJwk) throw new SigningKeyError('unreadable')
  try {
    const publicKey = await importJWK(publicJwk, signingAlgorithm)
    const privateKey = await importJWK(privateJwk, signingAlgorithm)
    if (publicKey instanceof Uint8Array || privateKey instanceof Uint8Array) throw new SigningKeyError('unreadable')
    return { kid: publicJwk.kid, publicJwk, publicKey, privateKey }
  } catch (cause) {
    throw new SigningKeyError('unreadable', { cause })
  }
}

const Jwk: z.ZodType<JWK> = z.looseObject({ kty: z.literal('EC'), kid: z.string().optional() })

/** Whether a text has the form of what `seal` makes: a compact JWE. */
const isSealed = (text: string) => /^[\w-]+\.\.[\w-]+\.[\w-]+\.[\w-]+$/.test(text)

/** No access token can be issued or verified. A caller is told no more than that. */
export class SigningKeyError extends AppError {
  /** `other-secret`: it was sealed with another KEYBOUND_SECRET; `unreadable`: its row is damaged. */
  readonly problem: 'other-secret' | 'unreadable'

  constructor(problem: SigningKeyError['problem'], { cause }: { cause?: unknown } = {}) {
    super('unavailable', 'Access tokens cannot be issued or verified now.', { retryAfterSeconds: 60, cause })
    this.problem = problem
  }
}
