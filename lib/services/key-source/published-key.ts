import { calculateJwkThumbprint } from 'jose'
import { cutText } from '@/lib/trust/cut-text'
import type { JsonObject, JsonValue } from '@/lib/trust/json/json'
import { jsonText } from '@/lib/trust/json/json-text'
import type { IgnoredEntry, Jwk } from '@/lib/trust/key-sources/key-source'
import { jwkMember, kidOf, readJwk, secretMembers } from '@/lib/trust/keys/jwk'
import { sha256Hex } from '@/lib/trust/sha256-hex'

/** A key as a source publishes it, without anything secret. */
export type PublishedKey = {
  kid: string | null
  /** RFC 7638; of a key that cannot be read, `unread:` and the SHA-256 of what is kept of it. */
  thumbprint: string
  alg: string | null
  use: string | null
  type: string | null
  /** "RSA 2048"; null when the key cannot be read. */
  label: string | null
  problem: string | null
  problemText: string | null
}

export async function describeKey(jwk: Jwk): Promise<PublishedKey> {
  const reading = readJwk(jwk)
  const said = {
    kid: keptText(kidOf(jwk)),
    alg: keptText(jwkMember(jwk, 'alg')),
    use: keptText(jwkMember(jwk, 'use')),
    type: keptText(jwkMember(jwk, 'kty')),
  }
  if (reading.ok) {
    const { jwk: bare, label } = reading.key
    const thumbprint = await calculateJwkThumbprint({ ...bare })
    return { ...said, thumbprint, label, problem: null, problemText: null }
  }
  const thumbprint = `unread:${await sha256Hex(jsonText(withoutSecrets(jwk)))}`
  return { ...said, thumbprint, label: reading.label, problem: reading.code, problemText: reading.message }
}

/** An entry of a set that is no key, as a row beside the keys: it is named where they are listed. */
export function describeIgnored({ entry, problem }: IgnoredEntry): PublishedKey {
  const problemText = `Entry ${entry} of the key set ${problem}.`
  const nothing = { kid: null, alg: null, use: null, type: null, label: null }
  return { ...nothing, thumbprint: `${ignoredPrefix}${entry}:${problem}`, problem: 'malformed_key', problemText }
}

const ignoredPrefix = 'entry:'

/** Whether a row is of an entry that is no key. */
export const isIgnoredEntry = ({ thumbprint }: Pick<PublishedKey, 'thumbprint'>) => thumbprint.startsWith(ignoredPrefix)

/** A kid, or another short text of a source, as a column holds it: PostgreSQL keeps no zero character. */
export const keptText = (value: JsonValue | undefined): string | null =>
  typeof value === 'string' ? cutText(value, 500).replaceAll('\0', '\uFFFD') : null

const publicMembers = ['kty', 'kid', 'alg', 'use', 'key_ops', 'crv', 'n', 'e', 'x', 'y']

/**
 * What the engine reads of a key; members that hold nothing are left out. A secret member keeps its name and loses its value: the key stays one that must not
 * be used, and the secret never reaches a row.
 */
export function withoutSecrets(jwk: Jwk): JsonObject {
  const kept = publicMembers.flatMap((name) => member(jwk, name, (value) => value))
  const masked = secretMembers.flatMap((name) => member(jwk, name, () => '[removed]'))
  return Object.fromEntries([...kept, ...masked])
}

function member(jwk: Jwk, name: string, kept: (value: JsonValue) => JsonValue): [string, JsonValue][] {
  const value = jwkMember(jwk, name)
  return value === undefined ? [] : [[name, kept(value)]]
}
