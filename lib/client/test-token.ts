import { isJsonObject, type JsonObject, parseJson, stringifyJson } from '@/lib/trust/json/json'
import { encodeBase64url } from '@/lib/trust/keys/base64url'

/** Key pair of this tab. The private key cannot be exported and ends with the tab. */
export type TestKey = { kid: string; pem: string; publicKey: CryptoKey; privateKey: CryptoKey }

/** Generates a P-256 pair; the private key is not extractable. */
export async function makeTestKey(kid = 'test-key'): Promise<TestKey> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])
  const spki = new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey))
  const body = btoa(String.fromCharCode(...spki)).replace(/(.{64})/g, '$1\n')
  return {
    kid,
    pem: `-----BEGIN PUBLIC KEY-----\n${body.trimEnd()}\n-----END PUBLIC KEY-----`,
    publicKey: pair.publicKey,
    privateKey: pair.privateKey,
  }
}

/** Signs claims as typed (ES256, RFC 7518 §3.4), byte for byte. */
export async function signTestToken({ kid, privateKey }: TestKey, claims: string, header: JsonObject = {}) {
  const head = { alg: 'ES256', kid, typ: 'JWT', ...header }
  const signed = `${encodeText(stringifyJson(head))}.${encodeText(claims)}`
  const bytes = new TextEncoder().encode(signed)
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, bytes)
  return `${signed}.${encodeBase64url(new Uint8Array(signature))}`
}

/** Returns a message about claims that cannot be signed; else null. */
export function claimsProblem(text: string): string | null {
  const parsed = parseJson(text)
  if (!parsed.ok) return `This cannot be read as JSON: ${parsed.message}.`
  return isJsonObject(parsed.value) ? null : 'The claims must be a JSON object: { "iss": "…" }.'
}

/** A segment of a token. */
export const encodeText = (text: string) => encodeBase64url(new TextEncoder().encode(text))
