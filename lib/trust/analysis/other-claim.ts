import type { Preset } from '../presets/preset'

/** Returns the address of a preset's claim that is written almost alike, or null: another case, other separators, a letter or two. */
export function similarClaim({ claims, audience }: Preset, path: string): string | null {
  const addresses = [
    'iss',
    'sub',
    audience.claim,
    ...claims.filter(({ isPrefix }) => !isPrefix).map((claim) => claim.path),
  ]
  const plain = plainOf(path)
  const alike = addresses.find((address) => plainOf(address) === plain)
  if (alike !== undefined) return alike
  if (plain.length < 5) return null
  return addresses.find((address) => isWithinTwo(plainOf(address), plain)) ?? null
}

const plainOf = (path: string) => path.toLowerCase().replace(/[^a-z0-9]/g, '')

/** Whether two texts differ in at most two letters, added, left out or replaced. */
function isWithinTwo(one: string, other: string, left = 2): boolean {
  let at = 0
  while (at < one.length && one[at] === other[at]) at++
  const [rest, otherRest] = [one.slice(at), other.slice(at)]
  if (rest === otherRest) return true
  if (left === 0 || Math.abs(rest.length - otherRest.length) > left) return false
  return (
    isWithinTwo(rest.slice(1), otherRest, left - 1) ||
    isWithinTwo(rest, otherRest.slice(1), left - 1) ||
    isWithinTwo(rest.slice(1), otherRest.slice(1), left - 1)
  )
}
