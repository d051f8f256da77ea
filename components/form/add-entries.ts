/** Returns a problem of an entry as a sentence with advice, or null. */
export type EntryCheck = (entry: string) => string | null

/**
 * Adds entries to a list. Duplicates and invalid ones are left out and named in `problem`; `refused` is the text to
 * leave in the box for correction.
 */
export function addEntries(
  list: readonly string[],
  entries: readonly string[],
  check: EntryCheck = () => null,
): { list: string[]; refused: string[]; problem: string | null } {
  const next = [...list]
  const refused: string[] = []
  let problem: string | null = null
  for (const entry of entries) {
    const wrong = next.includes(entry) ? `"${entry}" is in the list already.` : check(entry)
    if (wrong === null) {
      next.push(entry)
      continue
    }
    refused.push(entry)
    problem ??= wrong
  }
  return { list: next, refused, problem }
}
