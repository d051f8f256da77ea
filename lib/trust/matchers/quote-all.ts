/** More values than this are counted, not written: a trace is kept with every decision. */
const quotedMax = 50

/** Values for people to read, each as a JSON text. */
export function quoteAll(values: readonly string[]): string {
  const quoted = values.slice(0, quotedMax).map((value) => JSON.stringify(value))
  const more = values.length - quotedMax
  return quoted.join(', ') + (more > 0 ? ` and ${more} more` : '')
}
