import { calculateJwkThumbprint } from 'jose'
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '@/lib/trust/json'
import { readJwk } from '@/lib/trust/jwk'
import { parsePem } from '@/lib/trust/pem'
import { holdsPrivateKey, privateKeyMessage } from '@/lib/trust/pem-blocks'
import { takePem } from '../pem-text'

/** What a text came to: keys, and what of it was left out and why; or why nothing was taken. */
export type KeyIntake =
  | { ok: true; keys: JsonObject[]; problem: string | null }
  | { ok: false; isPrivate: boolean; isSecret: boolean; message: string }

/** The longest text looked at, in characters: a hundred keys with their certificates. */
export const textCharactersMax = 1_048_576

/**
 * The public keys of a text: a JWK, a JWKS or a list of JWKs, or any number of PEM blocks, which become JWKs named by
 * their thumbprint (RFC 7638). Secret material anywhere refuses the whole text; a key that cannot verify is left out and
 * said. Never throws, and no message repeats key material.
 */
export async function takeKeys(text: string): Promise<KeyIntake> {
  const secret = secretIn(text)
  if (secret) return { ok: false, isSecret: true, ...secret }
  if (text.length > textCharactersMax) return refuse('This is larger than 1 MiB. Give fewer keys at a time.')
  if (text.trim() === '') return refuse('Paste a JWK, a JWKS, or a public key in PEM.')
  const taken = /^\s*[[{]/.test(text) ? takeJson(text) : await takePems(text)
  if (!Array.isArray(taken)) return taken
  const keys = taken.flatMap((one) => ('jwk' in one ? [one.jwk] : []))
  const problem = taken.find((one) => 'problem' in one)?.problem ?? null
  return keys.length === 0 && problem ? refuse(problem) : { ok: true, keys, problem }
}

/** Private or shared key material in a text, whole or cut short; null when there is none. */
export function secretIn(text: string): { isPrivate: boolean; message: string } | null {
  const json = /^\s*[[{]/.test(text) && text.length <= textCharactersMax ? parseJson(text) : null
  const found = json?.ok ? secretOf(json.value) : null
  if (found) return found
  if (holdsPrivateKey(text)) return { isPrivate: true, message: privateKeyMessage }
  if (/"(?:oth|priv)"\s*:/.test(text)) return { isPrivate: true, message: privateKeyMessage }
  return /"k"\s*:\s*"|"kty"\s*:\s*"oct"/.test(text) ? { isPrivate: false, message: sharedSecret } : null
}

const sharedSecret =
  'That was a shared secret (kty "oct"): whoever can check with it can also sign. It was wiped from the page and sent nowhere. Give a public key.'

function secretOf(value: JsonValue): { isPrivate: boolean; message: string } | null {
  if (typeof value !== 'object' || value === null) return null
  if (isJsonObject(value)) {
    const reading = readJwk(value)
    if (!reading.ok && reading.code === 'symmetric_key') return { isPrivate: false, message: sharedSecret }
    if (!reading.ok && reading.code === 'private_key') return { isPrivate: true, message: reading.message }
  }
  for (const member of Object.values(value)) {
    const found = secretOf(member)
    if (found) return found
  }
  return null
}

type Taken = { jwk: JsonObject } | { problem: string }

function takeJson(text: string): Taken[] | KeyIntake {
  const json = parseJson(text)
  if (!json.ok) return refuse(`This JSON cannot be read: ${json.message}.`)
  const { value } = json
  if (isJsonObject(value) && value.kty === undefined && typeof value.jwks_uri === 'string') {
    return refuse('This is a discovery document, not a key. Give its "jwks_uri" as the JWKS URL.')
  }
  const list = isJsonObject(value) && Array.isArray(value.keys) ? value.keys : Array.isArray(value) ? value : [value]
  if (list.length === 0) return refuse('This key set is empty.')
  return list.map((jwk, at): Taken => {
    const problem = isJsonObject(jwk) ? keyProblem(jwk) : 'A key is a JSON object.'
    if (problem === null && isJsonObject(jwk)) return { jwk }
    return { problem: list.length > 1 ? `${nameOf(jwk, at)} was left out. ${problem}` : `${problem}` }
  })
}

/** Why a JWK verifies no token; null when nothing speaks against it. */
export function keyProblem(jwk: JsonObject): string | null {
  const { kid, use, key_ops: operations } = jwk
  const reading = readJwk(jwk)
  if (!reading.ok) return reading.message
  if (kid !== undefined && (typeof kid !== 'string' || kid === ''))
    return 'A key ID ("kid") is text; leave it out or give it.'
  // SPIFFE marks its JWT keys so; everyone else writes "sig".
  if (use !== undefined && use !== 'sig' && use !== 'jwt-svid')
    return 'Its "use" is another than "sig": it verifies no token.'
  if (operations !== undefined && !(Array.isArray(operations) && operations.includes('verify'))) {
    return 'Its "key_ops" do not allow "verify": it verifies no token.'
  }
  return null
}

const nameOf = (jwk: JsonValue | undefined, at: number) =>
  isJsonObject(jwk) && typeof jwk.kid === 'string' ? `Key ${JSON.stringify(jwk.kid.slice(0, 60))}` : `Key ${at + 1}`

async function takePems(text: string): Promise<Taken[] | KeyIntake> {
  const taken = takePem(text)
  if (!taken.ok) return { ...taken, isSecret: taken.isPrivate }
  try {
    return await Promise.all(taken.pems.map(takeOnePem))
  } catch {
    // Browsers give no cryptography to a page on plain http.
    return refuse('PEM can be read only on a page that came over https. Give the key as a JWK instead.')
  }
}

async function takeOnePem(pem: string): Promise<Taken> {
  const reading = await parsePem(pem)
  if (!reading.ok) return { problem: reading.message }
  const { jwk } = reading.key
  return { jwk: { ...jwk, kid: await calculateJwkThumbprint(jwk) } }
}

const refuse = (message: string): KeyIntake => ({ ok: false, isPrivate: false, isSecret: false, message })
