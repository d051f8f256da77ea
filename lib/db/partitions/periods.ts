/** How long the times of one partition reach. All boundaries are midnights of UTC; weeks begin on Monday (ISO 8601). */
export const partitionPeriods = ['day', 'week', 'month'] as const
export type PartitionPeriod = (typeof partitionPeriods)[number]

/** Times from one, up to another and without it. Null: without an end on that side. */
export type Range = { from: Date | null; to: Date | null }
export type BoundedRange = { from: Date; to: Date }

const dayMs = 86_400_000

/** The period in which a time lies. */
export function periodAt(period: PartitionPeriod, at: Date): BoundedRange {
  const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()]
  if (period === 'month') return { from: midnight(year, month, 1), to: midnight(year, month + 1, 1) }
  if (period === 'day') return { from: midnight(year, month, day), to: midnight(year, month, day + 1) }
  const monday = day - ((at.getUTCDay() + 6) % 7)
  return { from: midnight(year, month, monday), to: midnight(year, month, monday + 7) }
}

const midnight = (year: number, month: number, day: number) => new Date(Date.UTC(year, month, day))

/** The next two periods at least, and those of the next week: servers may be off for so long. */
const aheadMs = 7 * dayMs

/** The period of a time, and those after it for which partitions are made ahead. */
export function periodsAhead(period: PartitionPeriod, now: Date): BoundedRange[] {
  const ahead = [periodAt(period, now)]
  for (;;) {
    const last = ahead.at(-1)?.to ?? now
    if (ahead.length >= 3 && last.getTime() >= now.getTime() + aheadMs) return ahead
    ahead.push(periodAt(period, last))
  }
}

/** The period of a range that is one. */
export function periodOf({ from, to }: BoundedRange): PartitionPeriod {
  const days = (to.getTime() - from.getTime()) / dayMs
  return days <= 1 ? 'day' : days <= 7 ? 'week' : 'month'
}

/** Until the table is converted, its rows have to be before the boundary; so long that takes at most. */
const convertingMs = 2 * dayMs

/** The end of the partition that holds all rows there are: the next boundary that is not too near. */
export const firstBoundary = (period: PartitionPeriod, now: Date): Date =>
  periodAt(period, new Date(now.getTime() + convertingMs)).to

export const overlaps = (one: Range, other: Range): boolean =>
  (one.from?.getTime() ?? Number.NEGATIVE_INFINITY) < (other.to?.getTime() ?? Number.POSITIVE_INFINITY) &&
  (other.from?.getTime() ?? Number.NEGATIVE_INFINITY) < (one.to?.getTime() ?? Number.POSITIVE_INFINITY)

export const contains = ({ from, to }: Range, at: Date): boolean =>
  (from === null || from <= at) && (to === null || at < to)
