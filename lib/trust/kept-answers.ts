/**
 * Returns a function that keeps what was found for a text, so that it is found once: at most `max` answers, which are forgotten
 * together when there is no more room, and none for a text longer than `charactersMax`. An order of use, as lru-cache keeps it,
 * would cost each login more than it saves, and each page a package. What `find` answers must follow from the text alone.
 */
export function keptAnswers<Answer>(max: number, charactersMax = Number.POSITIVE_INFINITY) {
  const kept = new Map<string, Answer>()
  return (text: string, find: (text: string) => Answer): Answer => {
    const before = kept.get(text)
    if (before !== undefined || kept.has(text)) return before as Answer
    const found = find(text)
    if (text.length > charactersMax) return found
    if (kept.size >= max) kept.clear()
    kept.set(text, found)
    return found
  }
}
