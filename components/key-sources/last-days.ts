import type { KeySourceDay } from '@/lib/client/key-sources'

const dayMs = 86_400_000

/**
 * Returns the last `count` days (UTC) up to `now` (epoch milliseconds), oldest first, including days without a fetch.
 * Pure.
 */
export function lastDays(days: readonly KeySourceDay[], now: number, count: number): KeySourceDay[] {
  const known = new Map(days.map((day) => [day.day, day]))
  return Array.from({ length: count }, (_, at) => {
    const day = new Date(now - (count - 1 - at) * dayMs).toISOString().slice(0, 10)
    return known.get(day) ?? { day, fetches: 0, failures: 0 }
  })
}

/** Describes a day as text, for a tooltip and for screen readers. */
export function dayWords({ day, fetches, failures }: KeySourceDay): string {
  if (fetches === 0) return `${day}: not fetched`
  const times = fetches === 1 ? 'fetched once' : `fetched ${fetches} times`
  return failures === 0 ? `${day}: ${times}` : `${day}: ${times}, ${failures} failed`
}
