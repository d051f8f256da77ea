/** Checks one entry; a sentence that says what to do, or null when it is fine. */
export type EntryCheck = (entry: string) => string | null

/**
 * Adds entries to a list. A duplicate or a wrong one is left out and named in `problem`; the others are added, so a
 * paste of fifty with one mistake costs one correction. `refused` is what to leave in the box for correction.
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
