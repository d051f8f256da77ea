/** First and last place (exclusive) of a member in a text. */
export type Span = readonly [start: number, end: number]

/** More members are not looked at. */
const membersMax = 300

/**
 * Returns where each top-level member of a JSON object is written, from the quote of its name to the end of its value, in UTF-16 code
 * units. The text must be a JSON object; of any other, what was found until it could not be read.
 */
export function memberSpans(text: string): Map<string, Span> {
  const spans = new Map<string, Span>()
  let at = skipBlanks(text, text.indexOf('{') + 1)
  while (text[at] === '"' && spans.size < membersMax) {
    const nameEnd = stringEnd(text, at)
    const colon = skipBlanks(text, nameEnd)
    if (text[colon] !== ':') break
    const end = valueEnd(text, skipBlanks(text, colon + 1))
    const name = nameOf(text.slice(at, nameEnd))
    if (name !== null) spans.set(name, [at, end])
    const next = skipBlanks(text, end)
    if (text[next] !== ',') break
    at = skipBlanks(text, next + 1)
  }
  return spans
}

function nameOf(quoted: string): string | null {
  try {
    const name: unknown = JSON.parse(quoted)
    return typeof name === 'string' ? name : null
  } catch {
    return null
  }
}

function skipBlanks(text: string, at: number): number {
  while (at < text.length && /[ \t\r\n]/.test(text[at] ?? '')) at++
  return at
}

function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '"') return at + 1
  }
  return text.length
}

function valueEnd(text: string, start: number): number {
  if (text[start] === '"') return stringEnd(text, start)
  let depth = 0
  for (let at = start; at < text.length; at++) {
    const character = text[at] ?? ''
    if (character === '"') at = stringEnd(text, at) - 1
    else if ('{['.includes(character)) depth++
    else if ('}]'.includes(character) && --depth < 0) return at
    else if (depth === 0 && ',}]'.includes(character)) return character === ',' ? at : at + 1
    else if (depth === 0 && /[ \t\r\n]/.test(character)) return at
  }
  return text.length
}
