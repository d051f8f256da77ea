import { z } from 'zod'
import type { Db } from '@/lib/db/client'
import { type EvidenceJwk, newEvidenceKey, publicHalf } from '@/lib/db/evidence/checkpoint-signature'
import { storedOrNull } from '@/lib/db/stored-json'
import { jsonText } from '@/lib/trust/json/json-text'
import { seal, unseal } from '../installation/seal'

export const EvidenceJwkSchema: z.ZodType<EvidenceJwk> = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string().regex(/^[\w-]{43}$/),
  kid: z.string(),
  use: z.literal('sig'),
  alg: z.literal('EdDSA'),
})

const PrivateJwk = z.looseObject({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), d: z.string(), x: z.string() })
type Key = { publicJwk: EvidenceJwk; privateJwk: z.output<typeof PrivateJwk> }

/** There are keys, but none can be used. */
export class DamagedKey extends Error {}

/** The key that signs checkpoints, made on first need. @throws DamagedKey */
export async function evidenceKey(db: Db, now: Date): Promise<Key> {
  const rows = await keyRows(db)
  for (const row of rows) {
    const key = await opened(row)
    if (key) return key
  }
  if (rows.length > 0)
    throw new DamagedKey('The key that signs checkpoints is damaged; restore the database from a backup.')
  return make(db, now)
}

/**
 * What signs with that key; null where it is damaged. Ask for it before the first byte is sent: a key that is made is written to the database.
 * @param sign one of the ways to sign
 */
export async function evidenceSigner<Claims>(
  db: Db,
  now: Date,
  sign: (claims: Claims, kid: string, privateJwk: Key['privateJwk']) => string,
): Promise<((claims: Claims) => string) | null> {
  try {
    const { publicJwk, privateJwk } = await evidenceKey(db, now)
    return (claims) => sign(claims, publicJwk.kid, privateJwk)
  } catch (error) {
    if (error instanceof DamagedKey) return null
    throw error
  }
}

async function make(db: Db, now: Date): Promise<Key> {
  const privateJwk = PrivateJwk.parse(newEvidenceKey())
  const publicJwk = publicHalf(privateJwk)
  const sealed = await seal('evidence-key', jsonText(privateJwk))
  const data = { id: publicJwk.kid, publicJwk: jsonText(publicJwk), privateJwk: sealed, createdAt: now }
  await db.evidenceKey.create({ data })
  return { publicJwk, privateJwk }
}

/**
 * The public keys with which checkpoints are verified, newest first: the halves of the sealed private keys. A key that was put into the database
 * by hand is not among them.
 */
export async function evidenceKeySet(db: Db): Promise<EvidenceJwk[]> {
  const keys = await Promise.all((await keyRows(db)).map(opened))
  return keys.flatMap((key) => (key ? [key.publicJwk] : []))
}

const keyRows = (db: Db) => db.evidenceKey.findMany({ orderBy: [{ createdAt: 'desc' }, { id: 'asc' }], take: 100 })

/** Null for one that is not sealed with the secret of the installation, or damaged. */
async function opened({ privateJwk: sealed }: { privateJwk: string }): Promise<Key | null> {
  try {
    const privateJwk = storedOrNull(await unseal('evidence-key', sealed), PrivateJwk)
    return privateJwk && { publicJwk: publicHalf(privateJwk), privateJwk }
  } catch {
    return null
  }
}
