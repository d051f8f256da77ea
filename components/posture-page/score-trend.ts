/** A day's score; null = there was nothing to judge. */
export type ScoreDay = { day: string; score: number | null }

/**
 * Points of a line of scores in a box, x by day and y from 100 at the top to 0. Days without a score break the line into
 * several. Days that are missing in between keep their width.
 */
export function trendLines(days: readonly ScoreDay[], { width, height }: { width: number; height: number }): string[] {
  const first = dayNumber(days[0]?.day)
  const span = Math.max(1, dayNumber(days.at(-1)?.day) - first)
  const lines: string[][] = [[]]
  for (const { day, score } of days) {
    if (score === null) {
      lines.push([])
      continue
    }
    const x = ((dayNumber(day) - first) / span) * width
    const y = height - (Math.min(100, Math.max(0, score)) / 100) * height
    lines.at(-1)?.push(`${round(x)},${round(y)}`)
  }
  return lines.filter((line) => line.length > 0).map((line) => line.join(' '))
}

/** Change of the score over the days, first known to last known; null where there are not two. */
export function scoreChange(days: readonly ScoreDay[]): number | null {
  const known = days.flatMap(({ score }) => (score === null ? [] : [score]))
  const [first, last] = [known[0], known.at(-1)]
  return known.length < 2 || first === undefined || last === undefined ? null : last - first
}

const dayMs = 86_400_000

const dayNumber = (day: string | undefined) => (day ? Math.round(Date.parse(`${day}T00:00:00Z`) / dayMs) : 0)

const round = (value: number) => Math.round(value * 10) / 10
