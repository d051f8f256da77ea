import { isJsonObject, type JsonValue } from '@/lib/trust/json/json'
import type { IgnoredEntry, Jwk } from '@/lib/trust/key-sources/key-source'
import { purposeFault, readJwk } from '@/lib/trust/keys/jwk'
import type { JsonDocument } from './json-document'

/** The entries of a key set: those that are JSON Web Keys, usable or not, and those that are none. */
export type KeySetReading =
  | { ok: true; keys: Jwk[]; ignored: IgnoredEntry[] }
  /** It was read, and no key of it can verify anything. `faults` names the entries, for the owner. */
  | { ok: false; reason: 'no-usable-key'; keys: Jwk[]; ignored: IgnoredEntry[]; message: string; faults: string }
  /** `problem` is the end of a sentence: "has no array `keys`". */
  | { ok: false; reason: 'not-json' | 'not-a-key-set'; problem: string }

const keysMax = 100
/** Faulty entries that are named one by one. */
const namedMax = 5

/**
 * Reads a JSON Web Key Set (RFC 7517 §5). An entry that is no key spoils nothing but itself; what is wrong with a key is the
 * engine's to judge, unless not one is usable.
 */
export function readKeySet(document: JsonDocument): KeySetReading {
  if (!document.ok) return { ok: false, reason: 'not-json', problem: document.problem }
  const { keys: entries } = document.value
  if (!Array.isArray(entries)) return { ok: false, reason: 'not-a-key-set', problem: 'has no array `keys`' }
  if (entries.length > keysMax) {
    return { ok: false, reason: 'not-a-key-set', problem: `has ${entries.length} keys; ${keysMax} is the limit` }
  }
  const keys = entries.filter(isJsonObject)
  const ignored = entries.flatMap((entry, at) =>
    isJsonObject(entry) ? [] : [{ entry: at + 1, problem: `is ${kindOf(entry)}, not an object` }],
  )
  if (keys.some(isUsable)) return { ok: true, keys, ignored }
  const message =
    entries.length === 0
      ? 'The key set is empty: no token can be verified with it.'
      : 'The key set holds no key that can be used: no token can be verified with it.'
  return { ok: false, reason: 'no-usable-key', keys, ignored, message, faults: faultsOf(entries) }
}

const isUsable = (jwk: Jwk) => readJwk(jwk).ok && purposeFault(jwk) === null

function faultsOf(entries: readonly JsonValue[]): string {
  const faults = entries.slice(0, namedMax).map((entry, at) => {
    if (!isJsonObject(entry)) return `Entry ${at + 1} is ${kindOf(entry)}, not an object.`
    const reading = readJwk(entry)
    return `Entry ${at + 1}: ${reading.ok ? purposeFault(entry) : reading.message}`
  })
  const more = entries.length - faults.length
  return [...faults, ...(more > 0 ? [`And ${more} more.`] : [])].join(' ')
}

function kindOf(entry: JsonValue): string {
  if (entry === null) return 'null'
  if (Array.isArray(entry)) return 'a list'
  if (typeof entry === 'string') return 'text'
  return typeof entry === 'boolean' ? 'true or false' : 'a number'
}
