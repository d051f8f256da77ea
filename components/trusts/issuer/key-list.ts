import { isJsonObject, type JsonObject, parseJson, stringifyJson } from '@/lib/trust/json'
import { readJwk } from '@/lib/trust/jwk'
import { keyProblem } from './take-keys'

/** A key as the form holds it. */
export type HeldKey = { json: string }

/** How many keys may stand in an issuer beside its URL. */
export const keysMax = 100

/** A held key as people want to see it. */
export type KeyFacts = {
  jwk: JsonObject
  kid: string
  alg: string | null
  /** "RSA 2048"; null when it cannot be read. */
  label: string | null
  problem: string | null
}

export function factsOf({ json }: HeldKey): KeyFacts {
  const parsed = parseJson(json)
  const jwk: JsonObject = parsed.ok && isJsonObject(parsed.value) ? parsed.value : {}
  const reading = readJwk(jwk)
  return {
    jwk,
    kid: typeof jwk.kid === 'string' ? jwk.kid : '',
    alg: typeof jwk.alg === 'string' ? jwk.alg : null,
    label: reading.ok ? reading.key.label : reading.label,
    problem: keyProblem(jwk),
  }
}

/** Why a key cannot stand where it does; null when it can. */
export function rowProblem(list: readonly HeldKey[], at: number): string | null {
  const key = list[at]
  if (!key) return null
  const { kid, problem } = factsOf(key)
  if (problem || kid === '') return problem
  const first = list.findIndex((other) => factsOf(other).kid === kid)
  return first < at ? `The kid is that of key ${first + 1} already. Every key needs its own.` : null
}

/**
 * Adds keys to a list. One whose kid another key has, or that is in the list already, is left out and named in `problem`;
 * the others are added.
 */
export function addKeys(
  list: readonly HeldKey[],
  keys: readonly JsonObject[],
): { list: HeldKey[]; added: number; problem: string | null } {
  const next = [...list]
  let problem: string | null = null
  for (const jwk of keys) {
    const wrong = next.length >= keysMax ? `An issuer has room for ${keysMax} keys.` : collision(next, jwk)
    if (wrong === null) next.push({ json: stringifyJson(jwk) })
    else problem ??= wrong
  }
  return { list: next, added: next.length - list.length, problem }
}

function collision(list: readonly HeldKey[], jwk: JsonObject): string | null {
  const held = list.map(factsOf)
  const { kid } = jwk
  const named = typeof kid === 'string' ? held.find((other) => other.kid === kid) : undefined
  const name = JSON.stringify(String(kid).slice(0, 60))
  if (named && isSameKey(named.jwk, jwk)) return `Key ${name} is in the list already.`
  if (named) return `Another key has the kid ${name} already. Remove that one first, or give it another kid.`
  const twin = held.findIndex((other) => isSameKey(other.jwk, jwk))
  return twin >= 0 && kid === undefined ? `The key is in the list already, as key ${twin + 1}.` : null
}

function isSameKey(one: JsonObject, other: JsonObject): boolean {
  const [first, second] = [readJwk(one), readJwk(other)]
  return first.ok && second.ok && JSON.stringify(first.key.jwk) === JSON.stringify(second.key.jwk)
}

/** The key under another name; '' = without one. Its other members stay, in their order. */
export function withKid({ jwk }: Pick<KeyFacts, 'jwk'>, kid: string): HeldKey {
  const { kid: _, ...unnamed } = jwk
  if (kid === '') return { json: stringifyJson(unnamed) }
  return { json: stringifyJson('kid' in jwk ? { ...jwk, kid } : { ...unnamed, kid }) }
}
