import type { LoginDay } from '@/components/ui/bar-scale'

/** Logins of the last seven days, and how they differ from the seven before, in percent; null where there were none. */
export function lastWeek(
  days: readonly LoginDay[],
  outcome: 'accepted' | 'refused',
): { count: number; change: number | null } {
  const sum = (some: readonly LoginDay[]) => some.reduce((total, day) => total + day[outcome], 0)
  const count = sum(days.slice(-7))
  const before = sum(days.slice(-14, -7))
  return { count, change: before === 0 ? null : Math.round(((count - before) / before) * 100) }
}

/** Refusals of today against a usual day; null unless they are many and several times as many. */
export function refusalsRose(days: readonly LoginDay[]): { day: string; today: number; usual: number } | null {
  const today = days.at(-1)
  const before = days.slice(-15, -1).map(({ refused }) => refused)
  if (!today || before.length === 0) return null
  const usual = Math.round(before.reduce((sum, refused) => sum + refused, 0) / before.length)
  return today.refused >= 20 && today.refused > 3 * usual ? { day: today.day, today: today.refused, usual } : null
}

/** Points of a spark line in a box. */
export function sparkPoints(values: readonly number[], { width, height }: { width: number; height: number }): string {
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const span = high - low || 1
  const gap = width / Math.max(1, values.length - 1)
  return values
    .map((value, at) => `${(at * gap).toFixed(1)},${(height - ((value - low) / span) * height).toFixed(1)}`)
    .join(' ')
}
