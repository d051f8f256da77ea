/**
 * Infisical writes several values as one text, "a, b": split at commas outside `{…}`, blanks around a value and empty values
 * dropped. `\,` is a comma that belongs to its value; any other backslash is the pattern's own, so that `\\`, `\{` and `\}` are
 * plain characters there. A brace that never closes is a plain character.
 */
export function splitList(text: string): string[] {
  const values: string[] = []
  let value = ''
  // Up to here the value was escaped, so that a blank at its end is meant.
  let kept = 0
  for (const part of partsOf(text)) {
    if (part === ',') {
      values.push(value.slice(0, kept) + value.slice(kept).trimEnd())
      value = ''
      kept = 0
    } else if (part.startsWith('\\')) {
      value = (value + (part === '\\,' ? ',' : part)).trimStart()
      kept = value.length
    } else value = (value + part).trimStart()
  }
  values.push(value.slice(0, kept) + value.slice(kept).trimEnd())
  return values.filter((one) => one !== '')
}

/** The reverse of `splitList`, as Infisical stores it; commas of a value are escaped. */
export const joinList = (values: readonly string[]) =>
  values
    .map((value) =>
      partsOf(value)
        .map((part) => (part === ',' ? '\\,' : part))
        .join(''),
    )
    .join(', ')

/** Whether the values survive being written as one text; false when one holds blanks at its ends, or nothing. */
export function fitsList(values: readonly string[]): boolean {
  const back = splitList(joinList(values))
  return back.length === values.length && back.every((value, index) => value === values[index])
}

/** A text as its commas outside braces, its escapes outside braces, its groups in braces, and what is between them. */
function partsOf(text: string): string[] {
  const closing = closingBraces(text)
  const parts: string[] = []
  for (let at = 0; at < text.length; ) {
    const end = closing.get(at) ?? at
    const length = text[at] === '\\' ? 2 : end - at + 1
    parts.push(text.slice(at, at + length))
    at += length
  }
  return parts
}

/** Where each brace that closes does so, by its own place. */
function closingBraces(text: string): Map<number, number> {
  const closing = new Map<number, number>()
  const open: number[] = []
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '{') open.push(at)
    else if (text[at] === '}') {
      const start = open.pop()
      if (start !== undefined) closing.set(start, at)
    }
  }
  return closing
}
