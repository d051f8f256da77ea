import { isJsonObject, type JsonObject, type JsonValue, typeWords } from './json/json'

/** A claim's value in the token. */
export type ClaimValue = JsonValue

/**
 * Returns the claim at an address (docs/verification.md, "Claim address"), or undefined: a plain own-property name first, so
 * `https://example.com/x` needs no escaping; else a JSON Pointer (RFC 6901) if it begins with `/`; else a dotted path. Own
 * properties only. An empty array is missing; `false`, `0` and `''` are not.
 */
export function findClaim(claims: JsonObject, path: string): ClaimValue | undefined {
  const value = Object.hasOwn(claims, path) ? claims[path] : walk(claims, segmentsOf(path))
  return Array.isArray(value) && value.length === 0 ? undefined : value
}

/**
 * What a claim says, as texts to compare: a boolean is `true` or `false`, a number its canonical decimal text, an array
 * the set of its elements. Objects, nulls and arrays in arrays say nothing, so nothing matches them.
 */
export function stringsOf(claim: ClaimValue): string[] {
  return (Array.isArray(claim) ? claim : [claim]).flatMap((element) => {
    if (typeof element === 'string') return [element]
    if (typeof element === 'boolean' || typeof element === 'bigint') return [String(element)]
    return typeof element === 'number' ? [decimalText(element)] : []
  })
}

/**
 * What is wrong with the type of a claim that must be text, or a list of texts, as a sentence without its end: "It is a number",
 * "Its element 2 is an object". Null when the type is right.
 */
export function typeFault(claim: ClaimValue, { isListAllowed = true } = {}): string | null {
  if (typeof claim === 'string') return null
  if (!Array.isArray(claim) || !isListAllowed) return `It is ${typeWords(claim)}`
  const at = claim.findIndex((element) => typeof element !== 'string')
  return at < 0 ? null : `Its element ${at + 1} is ${typeWords(claim[at] ?? null)}`
}

/** The address under which `findClaim` finds exactly this claim: a plain name, else a dotted path, else a JSON Pointer. */
export function claimAddress(claims: JsonObject, segments: readonly [string, ...string[]]): string {
  const [name, ...rest] = segments
  if (rest.length === 0 && name !== '') return name
  const dotted = segments.join('.')
  const finds = (path: string) =>
    !Object.hasOwn(claims, path) && segmentsOf(path)?.join('\n') === segments.join('\n') && path !== ''
  return finds(dotted) ? dotted : pointerOf(segments)
}

/** Every claim that is not an object, at any depth, with its address; what a person can bind. */
export function listClaims(claims: JsonObject): { path: string; value: ClaimValue }[] {
  const list: { path: string; value: ClaimValue }[] = []
  const visit = (object: JsonObject, above: string[]) => {
    for (const [name, value] of Object.entries(object)) {
      if (isJsonObject(value)) visit(value, [...above, name])
      else
        list.push({
          path: claimAddress(claims, above.length > 0 ? [above[0] ?? '', ...above.slice(1), name] : [name]),
          value,
        })
    }
  }
  visit(claims, [])
  return list
}

function walk(root: JsonValue, segments: string[] | null): JsonValue | undefined {
  let value: JsonValue | undefined = root
  for (const segment of segments ?? []) {
    if (Array.isArray(value)) value = /^(?:0|[1-9][0-9]{0,8})$/.test(segment) ? value[Number(segment)] : undefined
    else value = isJsonObject(value) && Object.hasOwn(value, segment) ? value[segment] : undefined
    if (value === undefined) return undefined
  }
  return segments ? value : undefined
}

/** The steps of a JSON Pointer or a dotted path; null when the path is no valid pointer. */
export function segmentsOf(path: string): string[] | null {
  if (!path.startsWith('/')) return path.split('.')
  if (/~(?![01])/.test(path)) return null
  return path
    .slice(1)
    .split('/')
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** An address as it is compared with names of claims: `/sub` leads to `sub`. Another address stays as it is. */
export function plainAddress(path: string): string {
  const [name = '', ...more] = path.startsWith('/') ? (segmentsOf(path) ?? []) : []
  return more.length === 0 && name !== '' && !name.startsWith('/') ? name : path
}

const pointerOf = (segments: readonly string[]) =>
  segments.map((segment) => `/${segment.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

/** `1e21` as `1000000000000000000000` and `1e-7` as `0.0000001`: one value, one text. */
function decimalText(value: number): string {
  const [, sign = '', digits = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value)) ?? []
  if (exponent === '0') return String(value)
  const shift = Number(exponent)
  if (shift < 0) return `${sign}0.${'0'.repeat(-shift - 1)}${digits}${fraction}`
  return sign + digits + fraction.padEnd(shift, '0')
}
