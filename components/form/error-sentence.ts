/**
 * Returns the first message in react-hook-form's errors of a field. A field of many values (chips, rows) nests them,
 * one per value.
 */
export function errorSentence(error: unknown): string | null {
  if (typeof error !== 'object' || error === null) return null
  if ('message' in error && typeof error.message === 'string' && error.message !== '') return error.message
  for (const [key, value] of Object.entries(error)) {
    // `ref` is a DOM element, which has circular references.
    if (key === 'ref' || key === 'types') continue
    const found = errorSentence(value)
    if (found) return found
  }
  return null
}

/** Returns every field with a message, by its dotted name, for a summary. */
export function listErrors(errors: unknown, prefix = ''): { name: string; message: string }[] {
  if (typeof errors !== 'object' || errors === null) return []
  if (prefix && 'message' in errors && typeof errors.message === 'string') {
    return errors.message ? [{ name: prefix, message: errors.message }] : []
  }
  return Object.entries(errors)
    .filter(([key]) => key !== 'ref' && key !== 'types')
    .flatMap(([key, value]) => listErrors(value, prefix ? `${prefix}.${key}` : key))
}
