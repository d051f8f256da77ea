import type { KeySourceDay } from '@/lib/client/key-sources'

const dayMs = 86_400_000

/** The last `count` days (UTC) up to `now` (epoch milliseconds), the oldest first, those without a fetch too. Pure. */
export function lastDays(days: readonly KeySourceDay[], now: number, count: number): KeySourceDay[] {
  const known = new Map(days.map((day) => [day.day, day]))
  return Array.from({ length: count }, (_, at) => {
    const day = new Date(now - (count - 1 - at) * dayMs).toISOString().slice(0, 10)
    return known.get(day) ?? { day, fetches: 0, failures: 0 }
  })
}

/** What a day was like, for a tooltip and for who cannot see its colour. */
export function dayWords({ day, fetches, failures }: KeySourceDay): string {
  if (fetches === 0) return `${day}: not fetched`
  const times = fetches === 1 ? 'fetched once' : `fetched ${fetches} times`
  return failures === 0 ? `${day}: ${times}` : `${day}: ${times}, ${failures} in vain`
}
