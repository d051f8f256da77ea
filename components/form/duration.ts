/** Longest duration accepted: ten years, in seconds. */
export const durationSecondsLimit = 315_360_000

const secondsIn = { d: 86_400, h: 3600, m: 60, s: 1 } as const

/**
 * Parses `15m`, `24h`, `30d`, `1h 30m`, `90s` or a bare number of seconds. Returns the seconds, or a sentence with
 * advice. Units run from large to small, each once; no fractions, no signs.
 */
export function parseDuration(text: string): { seconds: number } | { problem: string } {
  const compact = text.replaceAll(/\s+/g, '').toLowerCase()
  if (compact === '') return { problem: 'Type a duration such as 15m, 24h or 30d, or a number of seconds.' }
  if (compact.length > 40) return { problem: 'This is too long for a duration. Type for example 15m, 24h or 30d.' }

  const match = /^(?:(?<d>\d+)d)?(?:(?<h>\d+)h)?(?:(?<m>\d+)m)?(?:(?<s>\d+)s)?$/.exec(compact)
  const seconds = /^\d+$/.test(compact)
    ? Number(compact)
    : match &&
      Object.entries(secondsIn).reduce((sum, [unit, length]) => sum + Number(match.groups?.[unit] ?? 0) * length, 0)

  if (seconds === null) return { problem: 'Type a duration such as 15m, 24h or 30d, or a number of seconds.' }
  if (seconds > durationSecondsLimit)
    return { problem: 'This is longer than ten years (3650d). Type a shorter duration.' }
  return { seconds }
}

/** Formats whole seconds: `15m`, `24h`, `30d`, `90s`, `0`. One unit, the largest that is exact; days from two on. */
export function formatDuration(seconds: number): string {
  if (seconds === 0) return '0'
  if (seconds % secondsIn.d === 0 && seconds >= 2 * secondsIn.d) return `${seconds / secondsIn.d}d`
  if (seconds % secondsIn.h === 0) return `${seconds / secondsIn.h}h`
  if (seconds % secondsIn.m === 0) return `${seconds / secondsIn.m}m`
  return `${seconds}s`
}
