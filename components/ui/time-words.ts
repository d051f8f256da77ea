const units = [
  { unit: 'year', ms: 31_557_600_000 },
  { unit: 'month', ms: 2_629_800_000 },
  { unit: 'week', ms: 604_800_000 },
  { unit: 'day', ms: 86_400_000 },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
  { unit: 'second', ms: 1000 },
] as const

const words = new Intl.RelativeTimeFormat('en', { numeric: 'always' })

/** Formats a relative time in whole units rounded towards now: "3 minutes ago", "in 2 days", "now". */
export function relativeWords(atMs: number, nowMs: number): string {
  const distanceMs = Math.abs(atMs - nowMs)
  const found = units.find(({ ms }) => distanceMs >= ms)
  if (!found) return 'now'
  const count = Math.floor(distanceMs / found.ms)
  return words.format(atMs < nowMs ? -count : count, found.unit)
}

/** Formats a time in UTC, to the second: "2026-08-01 14:02:11 UTC". */
export function utcWords(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 19).replace('T', ' ')} UTC`
}

/** Formats a time in the local zone (or `timeZone`), to the second: "2026-08-01 16:02:11 Europe/Berlin". */
export function localWords(atMs: number, timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(atMs)
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((p) => p.type === type)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}:${part('second')} ${timeZone}`
}
