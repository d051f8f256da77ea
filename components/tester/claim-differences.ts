import { type ClaimValue, listClaims } from '@/lib/trust/claims'
import { type JsonObject, stringifyJson } from '@/lib/trust/json/json'

/** A claim that two tokens do not agree about; undefined = the token does not have it. */
export type ClaimDifference = { path: string; first: ClaimValue | undefined; second: ClaimValue | undefined }

/** Claims that are different in every token. */
const passing = new Set(['exp', 'iat', 'nbf', 'jti'])

/** Differences that are listed. */
const differencesMax = 200

/**
 * Returns the claims that two tokens do not agree about, in the order of the first; those that differ in every token come last. Pure.
 * @returns `same`: how many claims they share with their value
 */
export function claimDifferences(
  first: JsonObject,
  second: JsonObject,
): { differences: ClaimDifference[]; same: number } {
  const [ours, theirs] = [first, second].map(
    (claims) => new Map(listClaims(claims).map(({ path, value }) => [path, value])),
  )
  const paths = [...new Set([...(ours?.keys() ?? []), ...(theirs?.keys() ?? [])])]
  const all = paths.map((path) => ({ path, first: ours?.get(path), second: theirs?.get(path) }))
  const differing = all.filter((one) => textOf(one.first) !== textOf(one.second))
  const isPassing = ({ path }: ClaimDifference) => passing.has(path)
  const ordered = [...differing.filter((one) => !isPassing(one)), ...differing.filter(isPassing)]
  return { differences: ordered.slice(0, differencesMax), same: all.length - differing.length }
}

const textOf = (value: ClaimValue | undefined) => (value === undefined ? null : stringifyJson(value))
