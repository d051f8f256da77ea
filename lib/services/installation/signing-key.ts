import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose'
import { z } from 'zod'
import type { Db } from '@/lib/db/client'
import { storedOrNull } from '@/lib/db/stored-json'
import { isTaken } from '@/lib/db/transaction'
import { AppError } from '@/lib/errors'
import type { PublicJwk } from '@/lib/trust/keys/jwk'
import { type ImportedKey, signatures } from '@/lib/trust/signatures'
import { seal, unseal } from './seal'

/** Access tokens of this installation are signed with it (RFC 7518 §3.4). */
export const signingAlgorithm = 'ES256'

/** How long a process may go on as before after another has rotated the keys. */
export const freshSeconds = 5
/** Keys are read before that where a token names one that is not known: at most so often, for a token may name any. */
const unknownEveryMs = 1_000

/** A key whose tokens are accepted. */
export type AcceptedKey = { kid: string; publicJwk: JWK; publicKey: ImportedKey }
export type SigningKey = AcceptedKey & { privateKey: ImportedKey }

/** The key that signs at `now`, made on first need: the newest of those that have begun to. */
export async function signingKey(db: Db, now = new Date()): Promise<SigningKey> {
  const keys = await keysOf(db)
  return keys[currentOf(keys, now)] ?? missing()
}

/** The key with which a token that names `kid` is verified; null where none is accepted under that name. */
export async function acceptedKey(db: Db, kid: string, now: Date): Promise<AcceptedKey | null> {
  const find = (keys: OpenKey[]) => keys.find((key) => key.kid === kid && isAccepted(key, now)) ?? null
  const known = find(await keysOf(db))
  if (known || performance.now() - heldBy(db).readAtMs < unknownEveryMs) return known
  return find(await readAgain(db))
}

/** The public keys with which a resource server verifies access tokens offline (RFC 7517 §5), that which signs first. */
export async function publicKeySet(db: Db, now: Date): Promise<{ keys: JWK[] }> {
  const keys = await keysOf(db)
  const current = keys[currentOf(keys, now)]
  const others = keys.filter((key) => key !== current && isAccepted(key, now))
  return { keys: [...(current ? [current] : []), ...others].map(({ publicJwk }) => publicJwk) }
}

/** Lets the next call see what this process has just changed. */
export const forgetSigningKeys = (db: Db) => void held.delete(db)

/** The row of a new key. @param signsFrom published and accepted before that already */
export async function newSigningKey(signsFrom: Date, id?: string) {
  const pair = await generateKeyPair(signingAlgorithm, { extractable: true })
  const publicJwk = await exportJWK(pair.publicKey)
  const kid = await calculateJwkThumbprint(publicJwk)
  return {
    id: id ?? kid,
    algorithm: signingAlgorithm,
    publicJwk: JSON.stringify({ ...publicJwk, kid, use: 'sig', alg: signingAlgorithm }),
    privateJwk: await seal('signing-key', JSON.stringify(await exportJWK(pair.privateKey))),
    createdAt: signsFrom,
  }
}

/** Index of the key that signs: the last that has begun to, or the first where a clock says that none has. */
export function currentOf(keys: readonly { createdAt: Date }[], now: Date): number {
  return Math.max(
    0,
    keys.findLastIndex(({ createdAt }) => createdAt <= now),
  )
}

/** The name of a stored key in tokens and in the key set; null where it cannot be read. */
export const kidOf = ({ publicJwk }: { publicJwk: string }) => storedOrNull(publicJwk, Jwk)?.kid ?? null

/** In the order in which they begin to sign. */
export const inOrder = [{ createdAt: 'asc' }, { id: 'asc' }] as const satisfies object[]

type Row = { id: string; publicJwk: string; privateJwk: string; createdAt: Date; retiredAt: Date | null }
type OpenKey = SigningKey & Pick<Row, 'createdAt' | 'retiredAt'>

const isAccepted = ({ retiredAt }: OpenKey, now: Date) => retiredAt === null || retiredAt > now

/** What a process knows of the keys: read again when it is not fresh, by one caller for all. */
type Held = {
  keys: OpenKey[] | null
  readAtMs: number
  reading: Promise<OpenKey[]> | null
  opened: Map<string, OpenKey>
}
const held = new WeakMap<Db, Held>()

function heldBy(db: Db): Held {
  const known = held.get(db) ?? { keys: null, readAtMs: Number.NEGATIVE_INFINITY, reading: null, opened: new Map() }
  held.set(db, known)
  return known
}

function keysOf(db: Db): Promise<OpenKey[]> {
  const { keys, readAtMs } = heldBy(db)
  return keys && performance.now() - readAtMs < freshSeconds * 1000 ? Promise.resolve(keys) : readAgain(db)
}

function readAgain(db: Db): Promise<OpenKey[]> {
  const state = heldBy(db)
  state.reading ??= read(db, state).finally(() => {
    state.reading = null
  })
  return state.reading
}

async function read(db: Db, state: Held): Promise<OpenKey[]> {
  const startedMs = performance.now()
  const found: Row[] = await db.signingKey.findMany({ orderBy: [...inOrder] })
  const rows = found.length > 0 ? found : [await makeFirst(db)]
  // A key that signs no more, and is damaged, takes no other with it: its tokens are refused.
  const current = currentOf(rows, new Date())
  const opened = new Map<string, OpenKey>()
  for (const [index, row] of rows.entries()) {
    const id = JSON.stringify([row.publicJwk, row.privateJwk])
    const key = state.opened.get(id) ?? (await (index < current ? open(row).catch(() => null) : open(row)))
    if (key) opened.set(id, { ...key, createdAt: row.createdAt, retiredAt: row.retiredAt })
  }
  state.opened = opened
  state.keys = [...opened.values()]
  state.readAtMs = startedMs
  return state.keys
}

async function makeFirst(db: Db): Promise<Row> {
  const id = 'access-token'
  const made = await newSigningKey(new Date(), id)
  // Two processes may come here at once; the row's fixed id lets only one of them in.
  return db.signingKey.create({ data: made }).catch((error) => {
    if (!isTaken(error)) throw error
    return db.signingKey.findUniqueOrThrow({ where: { id } })
  })
}

/** @throws SigningKeyError */
async function open(row: Row): Promise<OpenKey> {
  const { createdAt, retiredAt } = row
  const privateText = await unsealed(row.privateJwk)
  const [publicJwk, privateJwk] = [row.publicJwk, privateText].map((text) => storedOrNull(text, Jwk))
  if (!publicJwk?.kid || !privateJwk) throw new SigningKeyError('unreadable')
  try {
    const publicKey = await signatures().importPublic(publicJwk as PublicJwk, signingAlgorithm)
    const privateKey = await signatures().importPrivate(privateJwk, signingAlgorithm)
    return { kid: publicJwk.kid, publicJwk, publicKey, privateKey, createdAt, retiredAt }
  } catch (cause) {
    throw new SigningKeyError('unreadable', { cause })
  }
}

const unsealed = (text: string) =>
  unseal('signing-key', text).catch((cause) => {
    throw new SigningKeyError(isSealed(text) ? 'other-secret' : 'unreadable', { cause })
  })

const Jwk: z.ZodType<JWK> = z.looseObject({ kty: z.literal('EC'), kid: z.string().optional() })

/** Whether a text has the form of what `seal` makes: a compact JWE. */
const isSealed = (text: string) => /^[\w-]+\.\.[\w-]+\.[\w-]+\.[\w-]+$/.test(text)

function missing(): never {
  throw new SigningKeyError('unreadable')
}

/** No access token can be issued or verified. A caller is told no more than that. */
export class SigningKeyError extends AppError {
  /** `other-secret`: it was sealed with another KEYBOUND_SECRET; `unreadable`: its row is damaged. */
  readonly problem: 'other-secret' | 'unreadable'

  constructor(problem: SigningKeyError['problem'], { cause }: { cause?: unknown } = {}) {
    super('unavailable', 'Access tokens cannot be issued or verified now.', { retryAfterSeconds: 60, cause })
    this.problem = problem
  }
}
