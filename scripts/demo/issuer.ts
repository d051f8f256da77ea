import { CompactSign, calculateJwkThumbprint, exportJWK, exportSPKI, generateKeyPair } from 'jose'
import type { Jwk, KeySet } from '@/lib/trust/key-sources/key-source'

/** A key of an issuer of the demo, made anew in every run. */
export type DemoKey = { alg: string; kid: string; privateKey: CryptoKey; jwk: Jwk; pem: string }

/** Who signs tokens in the demo: real keys under the addresses of well-known and invented issuers. */
export type DemoIssuer = {
  /** Value of `iss`. */
  url: string
  /** In order of age. */
  keys: [DemoKey, ...DemoKey[]]
  /** What its key set or discovery document answers. One object, so that keys are imported once. */
  keySet: KeySet
}

export async function makeIssuer(url: string, algs: [string, ...string[]], more: Jwk = {}): Promise<DemoIssuer> {
  const [first, ...rest] = algs
  const keys: DemoIssuer['keys'] = [await makeKey(first, more), ...(await Promise.all(rest.map((alg) => makeKey(alg))))]
  return { url, keys, keySet: { status: 'ok', keys: keys.map(({ jwk }) => jwk), fetchedAt: null, stale: null } }
}

export async function makeKey(alg: string, more: Jwk = {}): Promise<DemoKey> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
  const bare = await exportJWK(publicKey)
  const kid = (await calculateJwkThumbprint(bare)).slice(0, 12)
  const jwk: Jwk = { ...JSON.parse(JSON.stringify(bare)), kid, use: 'sig', alg, ...more }
  return { alg, kid, privateKey, jwk, pem: await exportSPKI(publicKey) }
}

export type TokenParts = { key: DemoKey; header?: Record<string, unknown>; claims: Record<string, unknown> }

/** A signed token. Members that are undefined are left out. */
export function mint({ key, header, claims }: TokenParts): Promise<string> {
  return new CompactSign(bytesOf(claims))
    .setProtectedHeader({ alg: key.alg, typ: 'JWT', kid: key.kid, ...header })
    .sign(key.privateKey)
}

/** An unsigned token: `alg` is none. */
export const mintUnsigned = (claims: Record<string, unknown>) => `${segment({ alg: 'none' })}.${segment(claims)}.`

/** A token whose shared secret is the public key everyone knows (RFC 8725 §2.1). */
export function mintWithPublicKeyAsSecret({ key, claims }: TokenParts): Promise<string> {
  return new CompactSign(bytesOf(claims))
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT', kid: key.kid })
    .sign(new TextEncoder().encode(key.pem))
}

const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value))
const segment = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
