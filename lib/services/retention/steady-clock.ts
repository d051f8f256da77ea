/** By how much clock and passed time may differ between two looks before the clock counts as set anew. */
const toleranceMs = 60_000
/** How long a clock that was set anew must run evenly before it is relied on. */
const settlingMs = 3_600_000

/**
 * Whether the wall clock can be relied on for removing what is old: a clock that jumps ahead by a year would make every
 * record look expired. `passedMs` is monotonic, such as `performance.now()`.
 */
export function steadyClock() {
  let before: { wallMs: number; passedMs: number } | null = null
  let steadyFromMs = Number.NEGATIVE_INFINITY
  return {
    isSteady(wallMs: number, passedMs: number): boolean {
      const drift = before ? wallMs - before.wallMs - (passedMs - before.passedMs) : 0
      before = { wallMs, passedMs }
      if (Math.abs(drift) > toleranceMs) steadyFromMs = passedMs + settlingMs
      return passedMs >= steadyFromMs
    },
  }
}
