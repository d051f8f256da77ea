import { jsonText } from '@/lib/trust/json/json-text'

/** Beginnings that spreadsheets take for a formula (OWASP, "CSV Injection"), also behind spaces of any kind and characters that are not seen. */
const formula = /^(?:[\t\r\n]|[\s\p{C}'"]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/u
/** The same after a character that parts fields where the comma does not. */
const laterFormula = /([;\t\r\n|])(?=(?:(?![\t\r\n])[\s\p{C}'"])*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/gu

/**
 * A field of CSV (RFC 4180). An apostrophe stands before what a spreadsheet would take for a formula; numbers of ours stay as they are. Lists and
 * objects are JSON.
 */
export function csvField(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value)
  const text = value instanceof Date ? value.toISOString() : typeof value === 'string' ? value : jsonText(value)
  const parted = text.replace(laterFormula, "$1'")
  const safe = formula.test(parted) ? `'${parted}` : parted
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A line of CSV. */
export const csvLine = (values: readonly unknown[]) => `${values.map(csvField).join(',')}\r\n`
