import { cutText } from '@/lib/trust/cut-text'
import { isJsonObject, type JsonObject, parseJson, stringifyJson } from '@/lib/trust/json/json'
import { kidOf, readJwk } from '@/lib/trust/keys/jwk'
import { keyProblem } from './take-keys'

/** A key in the form. */
export type HeldKey = { json: string }

/** Maximum number of typed-in keys. */
export const keysMax = 100

/** A key in the form, as displayed. */
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
    kid: kidOf(jwk) ?? '',
    alg: typeof jwk.alg === 'string' && jwk.alg !== '' ? jwk.alg : null,
    label: reading.ok ? reading.key.label : reading.label,
    problem: keyProblem(jwk),
  }
}

/** Returns a message for each key that is not allowed at its place; null where it is. */
export function rowProblems(list: readonly HeldKey[]): (string | null)[] {
  const firstOf = new Map<string, number>()
  return list.map((key, at) => {
    const { kid, problem } = factsOf(key)
    if (problem || kid === '') return problem
    const first = firstOf.get(kid)
    if (first !== undefined) return `The kid is that of key ${first + 1} already. Every key needs its own.`
    firstOf.set(kid, at)
    return null
  })
}

/**
 * Adds keys to a list. One with a known kid, or that is in the list already, is left out and named in `problem`; the
 * others are added. Every key is read once.
 */
export function addKeys(
  list: readonly HeldKey[],
  keys: readonly JsonObject[],
): { list: HeldKey[]; added: number; problem: string | null } {
  const next = [...list]
  const seen: Seen = { byKid: new Map(), byMaterial: new Map() }
  for (const [at, held] of list.entries()) remember(seen, factsOf(held).jwk, at)
  let problem: string | null = null
  for (const jwk of keys) {
    const wrong = next.length >= keysMax ? `At most ${keysMax} keys can be supplied.` : collision(seen, jwk)
    if (wrong === null) {
      remember(seen, jwk, next.length)
      next.push({ json: stringifyJson(jwk) })
    } else problem ??= wrong
    if (next.length >= keysMax && problem !== null) break
  }
  return { list: next, added: next.length - list.length, problem }
}

/** Index of the list: material by kid, place by material. */
type Seen = { byKid: Map<string, string | null>; byMaterial: Map<string, number> }

function remember({ byKid, byMaterial }: Seen, jwk: JsonObject, at: number) {
  const material = materialOf(jwk)
  const kid = kidOf(jwk)
  if (kid !== null && !byKid.has(kid)) byKid.set(kid, material)
  if (material !== null && !byMaterial.has(material)) byMaterial.set(material, at)
}

function collision({ byKid, byMaterial }: Seen, jwk: JsonObject): string | null {
  const kid = kidOf(jwk)
  const material = materialOf(jwk)
  if (kid !== null && byKid.has(kid)) {
    const name = JSON.stringify(cutText(kid, 60))
    return material !== null && byKid.get(kid) === material
      ? `Key ${name} is in the list already.`
      : `Another key has the kid ${name} already. Remove that one first, or give it another kid.`
  }
  const twin = material === null ? undefined : byMaterial.get(material)
  return twin !== undefined && kid === null ? `The key is in the list already, as key ${twin + 1}.` : null
}

/** Returns the public members as text, equal for equal keys. Null for anything but a key. */
function materialOf(jwk: JsonObject): string | null {
  const reading = readJwk(jwk)
  return reading.ok ? JSON.stringify(reading.key.jwk) : null
}

/** Returns the key with another kid; '' = without. Other members keep their order. */
export function withKid({ jwk }: Pick<KeyFacts, 'jwk'>, kid: string): HeldKey {
  const { kid: _, ...unnamed } = jwk
  if (kid === '') return { json: stringifyJson(unnamed) }
  return { json: stringifyJson('kid' in jwk ? { ...jwk, kid } : { ...unnamed, kid }) }
}
