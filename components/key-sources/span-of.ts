export const spanDays = 90
const dayMs = 86_400_000

/**
 * Returns where a key's time of publication lies in the last 90 days, in percent from the left, with a minimum width.
 */
export function spanOf(key: { firstSeenAt: string; removedAt: string | null }, nowMs: number) {
  const beginsMs = nowMs - spanDays * dayMs
  const toPercent = (ms: number) => Math.min(100, Math.max(0, ((ms - beginsMs) / (spanDays * dayMs)) * 100))
  const start = toPercent(Date.parse(key.firstSeenAt))
  const end = key.removedAt === null ? 100 : toPercent(Date.parse(key.removedAt))
  const width = Math.max(1, end - start)
  return { left: Math.min(start, 100 - width), width }
}
