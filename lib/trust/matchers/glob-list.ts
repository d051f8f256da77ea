/**
 * Infisical writes several values as one text, "a, b": split at commas outside `{…}`, blanks around a value and empty
 * values dropped. A brace that never closes is a plain character.
 */
export function splitList(text: string): string[] {
  const values: string[] = []
  const closing = closingBraces(text)
  let from = 0
  for (let at = 0; at < text.length; at++) {
    at = closing.get(at) ?? at
    if (text[at] !== ',') continue
    values.push(text.slice(from, at))
    from = at + 1
  }
  values.push(text.slice(from))
  return values.map((value) => value.trim()).filter((value) => value !== '')
}

/** The reverse of `splitList`, as Infisical stores it. */
export const joinList = (values: readonly string[]) => values.join(', ')

/** Whether the values survive being written as one text; false when one holds a bare comma, blanks at its ends, or nothing. */
export function fitsList(values: readonly string[]): boolean {
  const back = splitList(joinList(values))
  return back.length === values.length && back.every((value, index) => value === values[index])
}

/** Where each brace that closes does so, by its own place. */
function closingBraces(text: string): Map<number, number> {
  const closing = new Map<number, number>()
  const open: number[] = []
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '{') open.push(at)
    const start = text[at] === '}' ? open.pop() : undefined
    if (start !== undefined) closing.set(start, at)
  }
  return closing
}
