import { isJsonObject, type JsonValue, parseJson } from '../json/json'
import { unwrapText } from '../unwrap-text'
import { decodeUtf8 } from './base64url'
import { derKindOf } from './der-kind'
import { readJwk } from './jwk'
import { pemBodies } from './pem-bodies'

/** A secret found in a text, which must be neither stored nor logged. The message repeats none of it. */
export type SecretFound = { isPrivate: boolean; message: string }

export const privateKeyMessage =
  'This is a private key. Never paste it anywhere: treat it as leaked. Give its public half, made with: openssl pkey -in key.pem -pubout'

/** The longest text whose JSON and base64 are looked into, in characters; longer ones are judged by their look alone. */
const readCharactersMax = 1_048_576

/**
 * Private or shared key material in a text, whole or cut short, of any kind and under any label: PEM, JWK, DER in base64, a PEM
 * in base64 as Kubernetes keeps it, PuTTY, PGP, age. Null when there is none. Linear in the text.
 */
export function secretIn(text: string): SecretFound | null {
  if (looksPrivate(text)) return privateKey
  if (text.length > readCharactersMax) return null
  const unwrapped = unwrapText(text)
  if (unwrapped.kind === 'der') return isPrivateDer(unwrapped.der) ? privateKey : null
  const inner = unwrapped.text
  if (looksPrivate(inner) || holdsEncodedPem(inner)) return privateKey
  if (pemBodies(inner).some(({ der }) => der !== null && isPrivateDer(der))) return privateKey
  if (!/^[[{]/.test(inner)) return null
  const json = parseJson(inner)
  if (json.ok) return secretOf(json.value)
  // Cut short: no JSON any more, but the members are there.
  if (/"priv"\s*:\s*"[^"]/.test(inner)) return privateKey
  return /"k"\s*:\s*"[^"]|"kty"\s*:\s*"oct"/.test(inner) ? sharedSecret : null
}

/** Whether a text holds a private key of any kind, whole or cut short. */
export const holdsPrivateKey = (text: string): boolean => secretIn(text)?.isPrivate ?? false

const privateKey: SecretFound = { isPrivate: true, message: privateKeyMessage }
const sharedSecret: SecretFound = {
  isPrivate: false,
  message:
    'That was a shared secret (kty "oct"): a party that can verify with it can also sign. It was wiped from the page and not sent. Give a public key.',
}

function looksPrivate(text: string): boolean {
  // Two dashes are enough to look for: a run of any length would be tried from each of its dashes.
  return /--\s*BEGIN [A-Z0-9 ]{0,60}PRIVATE KEY|--\s*END [A-Z0-9 ]{0,60}PRIVATE KEY|PuTTY-User-Key-File|BEGIN PGP PRIVATE|AGE-SECRET-KEY-1|<D>[^<]{16,2000}<\/D>|"(?:d|p|q|dp|dq|qi)"\s*:\s*"[^"]/i.test(
    text,
  )
}

const isPrivateDer = (der: Uint8Array) => {
  const kind = derKindOf(der)
  return kind === 'private-key' || kind === 'pkcs12'
}

/** A PEM in base64 in the middle of other text, as in the secrets of Kubernetes: `-----BEGIN` and a label's length of it. */
function holdsEncodedPem(text: string): boolean {
  for (const [start] of text.matchAll(/LS0tLS1CRUdJTi[A-Za-z0-9+/]{0,90}/g)) {
    const whole = start.slice(0, start.length - (start.length % 4))
    const decoded = decodeUtf8(Uint8Array.from(atob(whole), (character) => character.charCodeAt(0)))
    if (decoded !== null && looksPrivate(decoded)) return true
  }
  return false
}

function secretOf(value: JsonValue): SecretFound | null {
  if (typeof value === 'string') return looksPrivate(value) ? privateKey : null
  if (typeof value !== 'object' || value === null) return null
  if (isJsonObject(value)) {
    const reading = readJwk(value)
    if (!reading.ok && reading.code === 'symmetric_key') return sharedSecret
    if (!reading.ok && reading.code === 'private_key') return { isPrivate: true, message: reading.message }
  }
  for (const member of Object.values(value)) {
    const found = secretOf(member)
    if (found) return found
  }
  return null
}
