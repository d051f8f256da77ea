import { calculateJwkThumbprint } from 'jose'
import { cutText } from '@/lib/trust/cut-text'
import { describeJson } from '@/lib/trust/describe-paste'
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '@/lib/trust/json/json'
import { jwkMember, kidOf, purposeFault, readJwk } from '@/lib/trust/keys/jwk'
import { secretIn } from '@/lib/trust/keys/secret-text'
import { unwrapText } from '@/lib/trust/unwrap-text'
import { takePem } from './pem-text'

export { secretIn }

/** Keys of a text, and what was left out and why; or why nothing was taken. */
export type KeyIntake =
  | { ok: true; keys: JsonObject[]; problem: string | null }
  | { ok: false; isPrivate: boolean; isSecret: boolean; message: string }

/** Maximum length of a text, in characters: a hundred keys with certificates. */
export const textCharactersMax = 1_048_576

/**
 * Returns the public keys of a text: a JWK, a JWKS or a list of JWKs, or PEM blocks, which become JWKs named by
 * thumbprint (RFC 7638). Secret material refuses the whole text; a key that cannot verify is left out and reported.
 * Never throws, and no message repeats key material.
 */
export async function takeKeys(text: string): Promise<KeyIntake> {
  const secret = secretIn(text)
  if (secret) return { ok: false, isSecret: true, ...secret }
  if (text.length > textCharactersMax) return refuse('This is larger than 1 MiB. Paste fewer keys at a time.')
  if (text.trim() === '') return refuse('Paste a JWK, a JWKS, or a public key in PEM.')
  const unwrapped = unwrapText(text)
  const isJson = unwrapped.kind === 'text' && /^[[{]/.test(unwrapped.text) && !text.includes('-----BEGIN')
  const taken = isJson ? takeJson(unwrapped.text) : await takePems(text)
  if (!Array.isArray(taken)) return taken
  const keys = taken.flatMap((one) => ('jwk' in one ? [one.jwk] : []))
  const problem = taken.find((one) => 'problem' in one)?.problem ?? null
  return keys.length === 0 && problem ? refuse(problem) : { ok: true, keys, problem }
}

type Taken = { jwk: JsonObject } | { problem: string }

function takeJson(text: string): Taken[] | KeyIntake {
  const json = parseJson(text)
  if (!json.ok) return refuse(describeJson(text))
  const { value } = json
  const list = isJsonObject(value) && Array.isArray(value.keys) ? value.keys : Array.isArray(value) ? value : [value]
  if (list.length === 0) return refuse('This key set is empty.')
  const [only] = list
  if (list.length === 1 && isJsonObject(only) && only.kty === undefined) return refuse(describeJson(text))
  return list.map((jwk, at): Taken => {
    const problem = isJsonObject(jwk) ? keyProblem(jwk) : 'A key is a JSON object.'
    if (problem === null && isJsonObject(jwk)) return { jwk }
    return { problem: list.length > 1 ? `${nameOf(jwk, at)} was left out. ${problem}` : `${problem}` }
  })
}

/** Returns why a JWK verifies no token; null when it may. */
export function keyProblem(jwk: JsonObject): string | null {
  const reading = readJwk(jwk)
  if (!reading.ok) return reading.message
  const kid = jwkMember(jwk, 'kid')
  if (kid !== undefined && typeof kid !== 'string') return 'A key ID ("kid") is text; leave it out or give it.'
  return purposeFault(jwk)
}

const nameOf = (jwk: JsonValue | undefined, at: number) => {
  const kid = isJsonObject(jwk) ? kidOf(jwk) : null
  return kid === null ? `Key ${at + 1}` : `Key ${JSON.stringify(cutText(kid, 60))}`
}

async function takePems(text: string): Promise<Taken[] | KeyIntake> {
  const taken = takePem(text)
  if (!taken.ok) return taken
  try {
    return await Promise.all(taken.pems.map(takeOnePem))
  } catch {
    // Browsers provide no cryptography to a page on plain http.
    return refuse('PEM can be read only on a page that was loaded over https. Paste the key as a JWK instead.')
  }
}

async function takeOnePem(pem: string): Promise<Taken> {
  const { parsePem } = await import('@/lib/trust/keys/pem')
  const reading = await parsePem(pem)
  if (!reading.ok) return { problem: reading.message }
  const { jwk } = reading.key
  return { jwk: { ...jwk, kid: await calculateJwkThumbprint(jwk) } }
}

const refuse = (message: string): KeyIntake => ({ ok: false, isPrivate: false, isSecret: false, message })
