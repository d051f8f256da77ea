import { segmentsOf } from '../claims'

/** Whether two claim addresses lead to the same claim: as a plain name, a JSON Pointer or a dotted path (`findClaim`). */
export function isSameAddress(one: string, other: string): boolean {
  if (one === other) return true
  const others = new Set(readings(other))
  return readings(one).some((reading) => others.has(reading))
}

/** What an address may mean: the name itself, or the steps to a nested claim. */
const readings = (path: string): string[] => [JSON.stringify([path]), JSON.stringify(segmentsOf(path))]
