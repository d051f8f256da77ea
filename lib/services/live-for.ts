/** How far ahead of this server's clock an end may lie beside its lifetime: another server's clock may differ. */
const allowanceSeconds = 60

/**
 * Matches the end of something that lasts `maxSeconds`: still to come, and no later than this server could set it now. A later one was set
 * while a clock ran ahead, or is no time at all (SQLite keeps any text, and compares it as text).
 */
export const liveFor = (now: Date, maxSeconds: number) => ({
  gt: now,
  lte: new Date(now.getTime() + (maxSeconds + allowanceSeconds) * 1000),
})

/** The same for an end in a sealed cookie, in seconds since 1970. */
export function isLiveFor(untilSeconds: number, now: Date, maxSeconds: number): boolean {
  const { gt, lte } = liveFor(now, maxSeconds)
  return untilSeconds * 1000 > gt.getTime() && untilSeconds * 1000 <= lte.getTime()
}
