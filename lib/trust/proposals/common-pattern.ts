import { globMatches } from '../matchers/glob'

/** Fewer fixed characters than these leave nearly everything open. */
const fixedMin = 4

/**
 * Returns the pattern of some texts that differ in one place: what all begin and end with, cut at `/`, `:` or `@`, and a star between.
 * Null where nothing but a star would be left, or less than a few characters.
 */
export function commonPattern(texts: readonly string[]): string | null {
  const [first] = texts
  if (first === undefined) return null
  const start = cutAtEnd(
    first.slice(
      0,
      shared(texts, (text, at) => text[at]),
    ),
    texts,
  )
  const rest = texts.map((text) => text.slice(start.length))
  const end = shared(rest, (text, at) => text[text.length - 1 - at])
  const tail = cutAtStart(end === 0 ? '' : first.slice(-end), rest)
  if (start.length + tail.length < fixedMin) return null
  const pattern = `${literal(start)}*${literal(tail)}`
  return texts.every((text) => globMatches(pattern, text)) ? pattern : null
}

/** How many characters all texts share, taken in order from one end. */
function shared(texts: readonly string[], at: (text: string, index: number) => string | undefined): number {
  const longest = Math.min(...texts.map(({ length }) => length))
  const [first = ''] = texts
  let count = 0
  while (count < longest && texts.every((text) => at(text, count) === at(first, count))) count++
  return count
}

/** Only whole segments: a start ends behind a separator, unless a text ends there. */
const cutAtEnd = (start: string, texts: readonly string[]) =>
  texts.includes(start) ? start : start.slice(0, start.search(/[/:@][^/:@]*$/) + 1)

function cutAtStart(tail: string, rest: readonly string[]): string {
  if (rest.includes(tail)) return tail
  const at = tail.search(/[/:@]/)
  return at < 0 ? '' : tail.slice(at)
}

/** A text in a pattern, its own signs of patterns escaped. */
const literal = (text: string) => text.replace(/[\\*?[\]{}()!]/g, (sign) => `\\${sign}`)
