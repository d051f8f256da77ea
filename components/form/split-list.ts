/**
 * Splits pasted text into entries: at line breaks, and at commas outside `{}`, `[]` and `()`, where a comma belongs to
 * a pattern; `\\,` is a literal comma. A JSON array of strings is parsed. Entries are trimmed; empty ones are dropped.
 */
export function splitList(text: string): string[] {
  return fromJson(text) ?? fromText(text)
}

function fromJson(text: string): string[] | null {
  if (!text.trimStart().startsWith('[')) return null
  try {
    const value: unknown = JSON.parse(text)
    if (!Array.isArray(value) || !value.every((entry) => typeof entry === 'string')) return null
    return value.map((entry) => entry.trim()).filter((entry) => entry !== '')
  } catch {
    return null
  }
}

function fromText(text: string): string[] {
  const entries: string[] = []
  let entry = ''
  let depth = 0
  let isEscaped = false
  for (const letter of text) {
    if (isEscaped) {
      entry += letter === ',' ? letter : `\\${letter}`
      isEscaped = false
      if (!isLineBreak(letter)) continue
      entry = entry.slice(0, -1)
    } else if (letter === '\\') {
      isEscaped = true
      continue
    }
    if (isLineBreak(letter) || (letter === ',' && depth === 0)) {
      entries.push(entry)
      entry = ''
      // An unclosed bracket on one line must not affect the next.
      if (isLineBreak(letter)) depth = 0
      continue
    }
    if ('{[('.includes(letter)) depth += 1
    if ('}])'.includes(letter)) depth = Math.max(0, depth - 1)
    entry += letter
  }
  entries.push(isEscaped ? `${entry}\\` : entry)
  return entries.map((each) => each.trim()).filter((each) => each !== '')
}

const isLineBreak = (letter: string) => letter === '\n' || letter === '\r'
