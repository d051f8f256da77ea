/** A set of code points: first and last of each range, in order, never touching. */
export type CharacterSet = readonly (readonly [first: number, last: number])[]

export const codePointMax = 0x10ffff

/** Returns the set of all code points of some ranges. A range whose end is before its beginning has none. */
export function setOf(ranges: readonly (readonly [number, number])[]): CharacterSet {
  const sorted = ranges.filter(([first, last]) => first <= last).sort((one, other) => one[0] - other[0])
  const merged: [number, number][] = []
  for (const [first, last] of sorted) {
    const before = merged.at(-1)
    if (before && first <= before[1] + 1) before[1] = Math.max(before[1], last)
    else merged.push([first, last])
  }
  return merged
}

/** Returns the set of the characters of a text. */
export const charactersOf = (text: string): CharacterSet =>
  setOf(Array.from(text, (character): [number, number] => [codeOf(character), codeOf(character)]))

/** Returns the set of all code points that are not in a set. */
export function complementOf(set: CharacterSet): CharacterSet {
  const others: [number, number][] = []
  let next = 0
  for (const [first, last] of set) {
    if (first > next) others.push([next, first - 1])
    next = last + 1
  }
  if (next <= codePointMax) others.push([next, codePointMax])
  return others
}

/** Returns what two sets have in common. */
export function intersect(one: CharacterSet, other: CharacterSet): CharacterSet {
  const [only, wider] = onlyOf(one) === null ? [onlyOf(other), one] : [onlyOf(one), other]
  if (only !== null) return hasCode(wider, only) ? [[only, only]] : []
  const common: [number, number][] = []
  for (let [at, to] = [0, 0]; at < one.length && to < other.length; ) {
    const [a, b] = [one[at] ?? none, other[to] ?? none]
    const [first, last] = [Math.max(a[0], b[0]), Math.min(a[1], b[1])]
    if (first <= last) common.push([first, last])
    if (a[1] < b[1]) at++
    else to++
  }
  return common
}

/** Returns a function that tells whether a text of one character is in a set. */
export function testOf(set: CharacterSet): (character: string) => boolean {
  const only = onlyOf(set)
  if (only === null) return (character) => hasCode(set, codeOf(character))
  const one = String.fromCodePoint(only)
  return (character) => character === one
}

/** Returns the one code point of a set, or null. */
export function onlyOf(set: CharacterSet): number | null {
  const [only] = set
  return only && set.length === 1 && only[0] === only[1] ? only[0] : null
}

export function hasCode(set: CharacterSet, code: number): boolean {
  for (const [first, last] of set) if (code <= last) return code >= first
  return false
}

const codeOf = (character: string) => character.codePointAt(0) ?? 0
const none = [1, 0] as const
