/**
 * The first sentence inside what react-hook-form holds for a field. A field of many values (chips, rows) holds its errors
 * nested, one per value, so the sentence may be deep.
 */
export function errorSentence(error: unknown): string | null {
  if (typeof error !== 'object' || error === null) return null
  if ('message' in error && typeof error.message === 'string' && error.message !== '') return error.message
  for (const [key, value] of Object.entries(error)) {
    // `ref` is the DOM element, whose fields go round in circles.
    if (key === 'ref' || key === 'types') continue
    const found = errorSentence(value)
    if (found) return found
  }
  return null
}

/** Every field that has a sentence, with its dotted name: what a summary lists. */
export function listErrors(errors: unknown, prefix = ''): { name: string; message: string }[] {
  if (typeof errors !== 'object' || errors === null) return []
  if (prefix && 'message' in errors && typeof errors.message === 'string') {
    return errors.message ? [{ name: prefix, message: errors.message }] : []
  }
  return Object.entries(errors)
    .filter(([key]) => key !== 'ref' && key !== 'types')
    .flatMap(([key, value]) => listErrors(value, prefix ? `${prefix}.${key}` : key))
}
