import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose'
import type { Db } from '@/lib/db/client'
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
  const row = await db.signingKey
    .create({ data: made })
    .catch(() => db.signingKey.findUniqueOrThrow({ where: { id: slot } }))
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
  const publicJwk: JWK = JSON.parse(row.publicJwk)
  const privateText = await unseal('signing-key', row.privateJwk).catch(() => {
    throw new AppError(
      'unavailable',
      'The signing key cannot be opened: KEYBOUND_SECRET is not the one this database was made with. Start with that secret.',
    )
  })
  const [publicKey, privateKey] = await Promise.all([
    importJWK(publicJwk, signingAlgorithm),
    importJWK(JSON.parse(privateText), signingAlgorithm),
  ])
  if (publicKey instanceof Uint8Array || privateKey instanceof Uint8Array || !publicJwk.kid) {
    throw new AppError('unavailable', 'The stored signing key is not an asymmetric key.')
  }
  return { kid: publicJwk.kid, publicJwk, publicKey, privateKey }
}
