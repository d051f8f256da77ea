import { createHmac, type KeyObject, sign } from 'node:crypto'
import { pairOf } from '../peers/jwks-server'

/** An issuer that signs tokens, outside of Keybound and without its libraries. */
export type Issuer = {
  alg: string
  publicKey: KeyObject
  privateKey: KeyObject
  /** SPKI. */
  pem: string
  /** A good token of now, with `claims` over the usual ones; a claim that is undefined is left out. */
  token(claims?: Record<string, unknown>, header?: Record<string, unknown>): string
  /** Signs two texts as they are, good JSON or not. */
  signRaw(header: string, claims: string): string
}

/** Makes an issuer with a fresh key. */
export function createIssuer(alg: 'RS256' | 'ES256' | 'EdDSA' = 'ES256', pair = pairOf(alg)): Issuer {
  const { publicKey, privateKey } = pair
  const signRaw = (header: string, claims: string) => {
    const input = `${segment(header)}.${segment(claims)}`
    const hash = alg === 'EdDSA' ? null : 'sha256'
    return `${input}.${sign(hash, Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
  }
  return {
    alg,
    publicKey,
    privateKey,
    pem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    signRaw,
    token: (claims = {}, header = {}) =>
      signRaw(JSON.stringify({ alg, typ: 'JWT', ...header }), JSON.stringify({ ...usualClaims(), ...claims })),
  }
}

/** One segment of a token. */
export const segment = (text: string) => Buffer.from(text).toString('base64url')

/** Seconds since 1970. */
export const now = () => Math.floor(Date.now() / 1000)

/** Claims of a good token. */
export const usualClaims = () => ({
  iss: 'https://issuer.example',
  aud: 'keybound',
  sub: 'build-agent',
  iat: now() - 10,
  exp: now() + 600,
})

/** A token signed with a shared secret. */
export function hmacToken(secret: string, header: Record<string, unknown> = {}): string {
  const input = `${segment(JSON.stringify({ alg: 'HS256', typ: 'JWT', ...header }))}.${segment(JSON.stringify(usualClaims()))}`
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
}
