const dayMs = 24 * 3600 * 1000

/** Of a working day's logins, the share that a day of the weekend has. */
const weekendShare = 0.35

/**
 * How many of `total` fall on each of the last days before `until`, oldest first: fewer on weekends, and more from month to month.
 * The counts add up to `total`.
 */
export function countsByDay(total: number, days: number, until: Date): { day: Date; count: number }[] {
  const last = Math.floor(until.getTime() / dayMs) * dayMs
  const all = Array.from({ length: days }, (_, at) => new Date(last - (days - at) * dayMs))
  const weights = all.map((day, at) => (isWeekend(day) ? weekendShare : 1) * (1 + at / days))
  const sum = weights.reduce((one, other) => one + other, 0)
  let [weight, given] = [0, 0]
  return all.map((day, at) => {
    weight += weights[at] ?? 0
    const count = Math.round((total * weight) / sum) - given
    given += count
    return { day, count }
  })
}

/** The nth of so many moments of a day, in order: sparse at night, dense in working hours (UTC). */
export function momentOf(day: Date, at: number, count: number): Date {
  const share = (at + 0.5) / count
  return new Date(day.getTime() + Math.floor(quantile(share) * dayMs))
}

/** Shares of a day's logins by the share of the day that has passed: a fifth until 7, three fifths until 17, the rest after. */
const curve: readonly [ofLogins: number, ofDay: number][] = [
  [0, 0],
  [0.2, 7 / 24],
  [0.8, 17 / 24],
  [1, 1],
]

function quantile(share: number): number {
  const at = Math.max(
    1,
    curve.findIndex(([ofLogins]) => share <= ofLogins),
  )
  const [[fromLogins, fromDay], [toLogins, toDay]] = [curve[at - 1] ?? [0, 0], curve[at] ?? [1, 1]]
  return fromDay + ((share - fromLogins) / (toLogins - fromLogins)) * (toDay - fromDay)
}

const isWeekend = (day: Date) => [0, 6].includes(day.getUTCDay())
