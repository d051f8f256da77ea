import { type ClaimValue, claimAddress, findClaim } from './claims'
import { isJsonObject, type JsonObject } from './json/json'

/** How many claims are looked at; a hostile token may carry thousands of nested ones. */
const claimsMax = 500

/** How many elements of a list of objects are looked into. */
const elementsMax = 10

/**
 * The address under which a token has the claim that a rule misses: the same words spelt with other separators or letters, as
 * a JSONPath, nested elsewhere, or under the URL of a name space. Null when there is none, or when several could be meant.
 */
export function suggestAddress(claims: JsonObject, missing: string): string | null {
  const wanted = wordsOf(missing.replace(/^\$\.?|^(?:claims|payload|jwt|token)(?=[./[])/i, ''))
  const last = wanted.at(-1)
  if (last === undefined || missing.length > 500) return null
  const found = listPlaces(claims)
  const same = (one: readonly string[], other: readonly string[]) => one.join('') === other.join('')
  const withoutPlaces = (words: readonly string[]) => words.filter((word) => !/^\d+$/.test(word))
  const ways: ((words: string[], steps: Place) => boolean)[] = [
    (words) => same(words, wanted),
    (words) => same(withoutPlaces(words), withoutPlaces(wanted)),
    // The claim alone, where the rule names what is around it, or the other way round.
    (words) => wanted.length > words.length && same(words, wanted.slice(-words.length)),
    (words) => wanted.length === 1 && words.at(-1) === last,
    (words) => words.length > 1 && wanted.length > 1 && same(words.slice(-wanted.length), wanted),
  ]
  for (const isMeant of ways) {
    const meant = found.filter((steps) => isMeant(wordsOf(steps.join('.')), steps))
    const [first] = meant
    // Elements of one list count as one: which of them is meant is for a person to say.
    const lists = new Set(meant.map((steps) => withoutPlaces(steps).join('\n')))
    if (!first || lists.size !== 1) continue
    const address = claimAddress(claims, first)
    return address !== missing && findClaim(claims, address) !== undefined ? address : null
  }
  return null
}

type Place = [string, ...string[]]

/** The steps to every claim that a rule could compare, in the order of the token. */
function listPlaces(claims: JsonObject): Place[] {
  const places: Place[] = []
  const visit = (value: ClaimValue, steps: Place) => {
    if (places.length >= claimsMax) return
    if (isJsonObject(value)) {
      for (const [name, member] of Object.entries(value)) visit(member, [...steps, name])
    } else if (Array.isArray(value) && value.some(isJsonObject)) {
      for (const [at, element] of value.slice(0, elementsMax).entries()) visit(element, [...steps, String(at)])
    } else if (!(Array.isArray(value) && value.length === 0) && value !== null) places.push(steps)
  }
  for (const [name, value] of Object.entries(claims)) visit(value, [name])
  return places
}

/** The words of an address, whatever separates them: `repositoryOwner`, `repository_owner` and `/repository/owner` are two. */
function wordsOf(address: string): string[] {
  return address
    .replace(/^https?:\/\//i, '')
    .replaceAll('~1', '/')
    .replace(/([\p{Ll}\d])(?=\p{Lu})/gu, '$1 ')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}
