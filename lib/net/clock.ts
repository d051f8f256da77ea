/** How far the clocks of servers that share a database may differ before a moment counts as one in the future. */
const toleranceMs = 5_000

/**
 * Whether a recorded moment lies in the future: then a clock was wrong when it was written, or is wrong now, and nothing
 * that rests on it may be called fresh. Both in epoch milliseconds.
 */
export const isFuture = (at: number, now: number) => at > now + toleranceMs

/** The last moment that is not in the future, for a filter. `now` in epoch milliseconds. */
export const latestNow = (now: number) => new Date(now + toleranceMs)
