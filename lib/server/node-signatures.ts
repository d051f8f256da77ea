import { constants, createPrivateKey, createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto'
import type { Algorithm } from '@/lib/trust/algorithms'
import type { Signatures } from '@/lib/trust/signatures'

type Scheme = { hash: string | null; padding?: number; saltLength?: number; dsaEncoding?: 'ieee-p1363' }

const rsa = (hash: string): Scheme => ({ hash })
const pss = (hash: string, saltLength: number): Scheme => ({
  hash,
  padding: constants.RSA_PKCS1_PSS_PADDING,
  saltLength,
})
const ecdsa = (hash: string): Scheme => ({ hash, dsaEncoding: 'ieee-p1363' })
const eddsa: Scheme = { hash: null }

/** RFC 7518 §3.3–3.5, RFC 8037 §3.1. */
const schemes: Record<Algorithm, Scheme> = {
  ...{ RS256: rsa('sha256'), RS384: rsa('sha384'), RS512: rsa('sha512') },
  ...{ PS256: pss('sha256', 32), PS384: pss('sha384', 48), PS512: pss('sha512', 64) },
  ...{ ES256: ecdsa('sha256'), ES384: ecdsa('sha384'), ES512: ecdsa('sha512') },
  ...{ EdDSA: eddsa, Ed25519: eddsa },
}

/** The same as WebCrypto's, without a thread and a promise for each. */
export const nodeSignatures: Signatures = {
  importPublic: (key) => createPublicKey({ key: { ...key }, format: 'jwk' }),
  importPrivate: (key) => createPrivateKey({ key: { ...key }, format: 'jwk' }),
  verify(token, alg, key) {
    const at = token.lastIndexOf('.')
    const { hash: digest, ...how } = schemes[alg]
    const signature = Buffer.from(token.slice(at + 1), 'base64url')
    return verify(digest, Buffer.from(token.slice(0, at)), { key: key as KeyObject, ...how }, signature)
  },
  sign(header, payload, key) {
    const { hash: digest, ...how } = schemes[header.alg]
    const input = `${base64url(JSON.stringify(header))}.${base64url(payload)}`
    return `${input}.${sign(digest, Buffer.from(input), { key: key as KeyObject, ...how }).toString('base64url')}`
  },
  sha256: (data) => hash('sha256', data, 'hex'),
}

const base64url = (text: string) => Buffer.from(text).toString('base64url')
