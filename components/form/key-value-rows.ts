import { z } from 'zod'

/** Row of a `RowsField`. While edited it may be half empty or a duplicate, which a record could not hold. */
const KeyValueRow = z.object({ key: z.string(), value: z.string() })
export type KeyValueRow = z.output<typeof KeyValueRow>

/** Returns a message for each row, null where it is valid. Empty rows are valid: they are dropped on save. */
export function rowProblems(rows: readonly KeyValueRow[]): (string | null)[] {
  return rows.map(({ key, value }, at) => {
    if (key === '') return value === '' ? null : 'Type a name for this value, or remove the row.'
    if (isDuplicateKey(rows, at)) return `"${key}" is in the list already. Change or remove one of the two.`
    if (value === '') return `Type a value for "${key}", or remove the row.`
    return null
  })
}

/** Whether an earlier row has this row's key. */
export const isDuplicateKey = (rows: readonly KeyValueRow[], at: number): boolean => {
  // Compared as saved: surrounding white space does not count.
  const key = rows[at]?.key.trim()
  return Boolean(key) && rows.findIndex((row) => row.key.trim() === key) < at
}

/** Returns a form's value as rows; anything else is left out. */
export const toRows = (value: unknown): KeyValueRow[] =>
  Array.isArray(value) ? value.flatMap((row) => KeyValueRow.safeParse(row).data ?? []) : []

/** Schema of a `RowsField` in a form: refuses what `rowProblems` reports. */
export const KeyValueRows = z.array(KeyValueRow).superRefine((rows, context) => {
  for (const [at, message] of rowProblems(rows).entries()) {
    if (message) context.addIssue({ code: 'custom', path: [at, rows[at]?.key === '' ? 'key' : 'value'], message })
  }
})

/** Returns an API's record as rows. */
export const recordToRows = (record: Readonly<Record<string, string>>): KeyValueRow[] =>
  Object.entries(record).map(([key, value]) => ({ key, value }))

/**
 * Parses a pasted JSON object into rows: strings as they are, numbers and booleans as JSON, lists of these joined with
 * ", ". Returns a message for an object that rows cannot hold, and null for other text.
 */
export function rowsFromJson(text: string): { rows: KeyValueRow[] } | { problem: string } | null {
  if (!text.trimStart().startsWith('{')) return null
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return null
  }
  const object = z.record(z.string(), z.unknown()).safeParse(parsed)
  if (!object.success) return null

  const rows: KeyValueRow[] = []
  for (const [key, value] of Object.entries(object.data)) {
    const words = toText(value)
    if (words === null)
      return {
        problem: `"${key}" is not a single value. Paste an object whose values are text, numbers or lists of these.`,
      }
    rows.push({ key, value: words })
  }
  return { rows }
}

/** Appends rows: an existing key takes the new value, and empty rows are dropped. */
export function mergeRows(rows: readonly KeyValueRow[], added: readonly KeyValueRow[]): KeyValueRow[] {
  const merged = new Map(rows.filter(({ key, value }) => key !== '' || value !== '').map((row) => [row.key, row.value]))
  for (const { key, value } of added) merged.set(key, value)
  return [...merged].map(([key, value]) => ({ key, value }))
}

function toText(value: unknown): string | null {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (!Array.isArray(value)) return null
  const words = value.map((entry) => (Array.isArray(entry) ? null : toText(entry)))
  return words.every((word) => word !== null) ? words.join(', ') : null
}
