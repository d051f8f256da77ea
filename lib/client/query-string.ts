/**
 * Returns a query string with its question mark, without undefined, null and empty values; empty when nothing is left.
 */
export function toQueryString(parameters: Readonly<Record<string, string | number | null | undefined>>): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value))
  }
  const text = search.toString()
  return text === '' ? '' : `?${text}`
}

/** Returns a query string with changed parameters; null and '' remove one. */
export function withParameters(current: string, changes: Readonly<Record<string, string | null>>): string {
  const search = new URLSearchParams(current)
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === '') search.delete(name)
    else search.set(name, value)
  }
  const text = search.toString()
  return text === '' ? '' : `?${text}`
}

/** Returns the first instant of a UTC day written `2026-11-01`; undefined for other text. */
export const dayStart = (day: string | null): string | undefined => (isDay(day) ? `${day}T00:00:00.000Z` : undefined)

/** Returns the last millisecond of a UTC day written `2026-11-01`; undefined for other text. */
export const dayEnd = (day: string | null): string | undefined => (isDay(day) ? `${day}T23:59:59.999Z` : undefined)

const isDay = (day: string | null): day is string =>
  day !== null && /^\d{4}-\d{2}-\d{2}$/.test(day) && new Date(`${day}T00:00:00Z`).toJSON()?.slice(0, 10) === day
