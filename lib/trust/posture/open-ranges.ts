import { bitsOf, parseIpRange } from '../ip-range'

/** How far the ranges of one version of addresses reach. */
export type Reach = 'none' | 'some' | 'all'

/** Whether ranges, alone or together, hold every address of a version. */
export function reachOf(ranges: readonly string[], version: 4 | 6): Reach {
  const spans = ranges
    .flatMap((text) => {
      const range = parseIpRange(text)
      if (range?.version !== version) return []
      const bits = bitsOf(range)
      const hostBits = BigInt(bits - (range.prefix ?? bits))
      const first = (range.value >> hostBits) << hostBits
      return [{ first, next: first + (1n << hostBits) }]
    })
    .sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0))
  if (spans.length === 0) return 'none'
  let reached = 0n
  for (const { first, next } of spans) {
    if (first > reached) return 'some'
    if (next > reached) reached = next
  }
  return reached === 1n << BigInt(bitsOf({ version })) ? 'all' : 'some'
}
