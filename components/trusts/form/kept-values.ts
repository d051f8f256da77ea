import type { TrustFormValues } from './values'

/** What the last editor held, by the place that it was opened for, until the next one opens. */
let last: { place: string; values: TrustFormValues; isKept: boolean } | null = null

/** Notes what an editor held at its end. */
export function noteLastValues(place: string, values: TrustFormValues): void {
  last = { place, values, isKept: false }
}

/** Called where an editor ended by a fault: the next one of the same place goes on with its values. */
export function keepLastValues(): void {
  if (last) last.isKept = true
}

/** Returns what is kept for a place, once. */
export function takeKeptValues(place: string): TrustFormValues | null {
  const kept = last?.isKept && last.place === place ? last.values : null
  last = null
  return kept
}
