import { createPrivateKey, createPublicKey, generateKeyPairSync, type JsonWebKey, sign, verify } from 'node:crypto'
import { z } from 'zod'
import { storedOrNull } from '../stored-json'
import { canonicalJson, type FlatObject } from './canonical-json'
import { sha256 } from './record-digest'

/** A public Ed25519 key (RFC 8037). */
export type EvidenceJwk = { kty: 'OKP'; crv: 'Ed25519'; x: string; kid: string; use: 'sig'; alg: 'EdDSA' }

/** A new private key. */
export const newEvidenceKey = (): JsonWebKey => generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' })

/** The public half of a private key, which its `d` alone decides; its id is the thumbprint (RFC 7638). */
export function publicHalf(privateJwk: JsonWebKey): EvidenceJwk {
  const { x = '' } = createPublicKey(createPrivateKey({ key: privateJwk, format: 'jwk' })).export({ format: 'jwk' })
  const kid = Buffer.from(sha256(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`), 'hex').toString('base64url')
  return { kty: 'OKP', crv: 'Ed25519', x, kid, use: 'sig', alg: 'EdDSA' }
}

/** What a signature is over, so that none is taken for another. */
const types = {
  checkpoint: 'keybound-checkpoint+jws',
  pack: 'keybound-evidence-pack+jws',
  end: 'keybound-evidence-log-end+jws',
} as const
export type SignedType = keyof typeof types

type Claims = { log: string; seq: number; hash: string; at: string }

/** A checkpoint: a compact JWS (RFC 7515) over canonical JSON. */
export const signCheckpoint = (claims: Claims, kid: string, privateJwk: JsonWebKey) =>
  signed(types.checkpoint, claims, kid, privateJwk)

/** The signature of an evidence pack: the SHA-256 of its manifest, likewise. */
export const signPack = (claims: { log: string; at: string; manifest: string }, kid: string, privateJwk: JsonWebKey) =>
  signed(types.pack, claims, kid, privateJwk)

/** The signature of the end of an exported log, likewise. */
export const signEnd = (claims: Claims & { organization: string | null }, kid: string, privateJwk: JsonWebKey) =>
  signed(types.end, claims, kid, privateJwk)

function signed(typ: string, claims: FlatObject, kid: string, privateJwk: JsonWebKey): string {
  const header = encoded(canonicalJson({ alg: 'EdDSA', kid, typ }))
  const input = `${header}.${encoded(canonicalJson(claims))}`
  return `${input}.${sign(null, Buffer.from(input), { key: privateJwk, format: 'jwk' }).toString('base64url')}`
}

const encoded = (text: string) => Buffer.from(text).toString('base64url')

const decoded = (text: string) => Buffer.from(text, 'base64url').toString()

/** The payload of a signature of that type by one of the keys, as text; null for any other. */
export function openSigned(jws: string, keys: readonly EvidenceJwk[], type: SignedType): string | null {
  const [header = '', payload = '', signature = '', ...more] = jws.split('.')
  const Header = z.object({ alg: z.literal('EdDSA'), typ: z.literal(types[type]) })
  if (more.length > 0 || storedOrNull(decoded(header), Header) === null) return null
  const isSigned = keys.some(({ kty, crv, x }) => {
    const key = createPublicKey({ key: { kty, crv, x }, format: 'jwk' })
    return verify(null, Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url'))
  })
  return isSigned ? decoded(payload) : null
}
