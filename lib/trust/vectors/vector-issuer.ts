import type { Jwk } from '../key-sources/key-source'
import { encodeBase64url } from '../keys/base64url'

/** Keys that are made for each run. `stranger` is a key that no trust has. */
export const keyNames = ['rsa', 'rsa-2', 'rsa-1024', 'rsa-e3', 'p256', 'p384', 'p521', 'ed25519', 'stranger'] as const
export type KeyName = (typeof keyNames)[number]

/** An issuer that can write any token, good or bad. */
export type VectorIssuer = {
  /** Epoch seconds, whole; what the vectors take for now. */
  now: number
  issuer: string
  audience: string
  /** Where a key set is to be served. */
  keySetUrl(name: string): string
  publicJwk(key: KeyName): Jwk
  publicPem(key: KeyName): string
  /** The private half, for vectors that leak it. */
  privateJwk(key: KeyName): Jwk
  sign(parts: { key: KeyName; alg: string; header: string; claims: string }): Promise<string>
  /** HMAC-SHA-256 of a text, with a text as the secret. */
  hmac(secret: string, text: string): Promise<string>
}

/** Makes fresh keys and an issuer that signs with them. `keySetBase` is the URL under which its sets are served. */
export async function createVectorIssuer(options: {
  now: number
  issuer?: string
  audience?: string
  keySetBase?: string
}): Promise<VectorIssuer> {
  const { now, issuer = 'https://issuer.example', audience = 'https://keybound.example' } = options
  const keySetBase = options.keySetBase ?? `${issuer}/keys`
  const keys = new Map(await Promise.all(keyNames.map(async (name) => [name, await makeKey(name)] as const)))
  const of = (name: KeyName) => {
    const key = keys.get(name)
    if (!key) throw new TypeError(`there is no key ${name}`)
    return key
  }
  return {
    now: Math.floor(now),
    issuer,
    audience,
    keySetUrl: (name) => `${keySetBase}/${name}.json`,
    publicJwk: (name) => ({ ...of(name).publicJwk, kid: name }),
    privateJwk: (name) => ({ ...of(name).privateJwk, kid: name }),
    publicPem: (name) => of(name).pem,
    sign: async ({ key, alg, header, claims }) => {
      const input = `${encodeText(header)}.${encodeText(claims)}`
      return `${input}.${await signWith(of(key).pkcs8, key, alg, input)}`
    },
    hmac: async (secret, text) => {
      const algorithm = { name: 'HMAC', hash: 'SHA-256' }
      const key = await crypto.subtle.importKey('raw', bytesOf(secret), algorithm, false, ['sign'])
      return encodeBase64url(new Uint8Array(await crypto.subtle.sign('HMAC', key, bytesOf(text))))
    },
  }
}

/** A text as one segment of a token. */
export const encodeText = (text: string) => encodeBase64url(bytesOf(text))

const bytesOf = (text: string) => new TextEncoder().encode(text)

type Made = { publicJwk: Jwk; privateJwk: Jwk; pem: string; pkcs8: ArrayBuffer }

async function makeKey(name: KeyName): Promise<Made> {
  const pair = await crypto.subtle.generateKey(keyAlgorithm(name, 'RS256'), true, ['sign', 'verify'])
  if (!('privateKey' in pair)) throw new TypeError('a key pair was expected')
  const [publicJwk, privateJwk, spki, pkcs8] = await Promise.all([
    crypto.subtle.exportKey('jwk', pair.publicKey),
    crypto.subtle.exportKey('jwk', pair.privateKey),
    crypto.subtle.exportKey('spki', pair.publicKey),
    crypto.subtle.exportKey('pkcs8', pair.privateKey),
  ])
  const body = btoa(String.fromCharCode(...new Uint8Array(spki))).replace(/.{64}/g, '$&\n')
  const pem = `-----BEGIN PUBLIC KEY-----\n${body.trim()}\n-----END PUBLIC KEY-----\n`
  return { publicJwk: bare(publicJwk), privateJwk: bare(privateJwk), pem, pkcs8 }
}

/** What WebCrypto adds for itself says nothing about the key. */
function bare({ alg: _alg, ext: _ext, key_ops: _ops, ...jwk }: JsonWebKey): Jwk {
  return JSON.parse(JSON.stringify(jwk))
}

// Signing imports the key anew: WebCrypto binds an RSA key to one hash and scheme, and one key here signs with all.
async function signWith(pkcs8: ArrayBuffer, name: KeyName, alg: string, text: string): Promise<string> {
  const hash = `SHA-${alg.slice(2)}`
  const key = await crypto.subtle.importKey('pkcs8', pkcs8, keyAlgorithm(name, alg), false, ['sign'])
  const isPss = alg.startsWith('PS')
  const isEc = name.startsWith('p')
  const saltLength = Number(alg.slice(2)) / 8
  const how = isEc
    ? { name: 'ECDSA', hash: ecHashes[name] ?? hash }
    : isPss
      ? { name: 'RSA-PSS', saltLength }
      : key.algorithm.name
  return encodeBase64url(new Uint8Array(await crypto.subtle.sign(how, key, bytesOf(text))))
}

const ecHashes: Partial<Record<KeyName, string>> = { p256: 'SHA-256', p384: 'SHA-384', p521: 'SHA-512' }
const curveNames: Partial<Record<KeyName, string>> = { p256: 'P-256', p384: 'P-384', p521: 'P-521' }

/** How WebCrypto makes or imports a key; RSA keys sign in the scheme of `alg`, others in the only one they know. */
function keyAlgorithm(name: KeyName, alg: string): RsaHashedKeyGenParams & EcKeyGenParams {
  const namedCurve = curveNames[name] ?? ''
  const bits = /^(?:RS|PS)(256|384|512)$/.exec(alg)?.[1] ?? '256'
  const rsa = alg.startsWith('PS') ? 'RSA-PSS' : 'RSASSA-PKCS1-v1_5'
  return {
    name: namedCurve ? 'ECDSA' : name === 'ed25519' ? 'Ed25519' : rsa,
    namedCurve,
    hash: `SHA-${bits}`,
    modulusLength: name === 'rsa-1024' ? 1024 : 2048,
    publicExponent: Uint8Array.from(name === 'rsa-e3' ? [3] : [1, 0, 1]),
  }
}
