/**
 * Shortens to `head` … `tail` characters, because the ends of an id distinguish it. A text that would not become
 * shorter stays whole. Counts code points, so no astral character is cut.
 */
export function middleText(text: string, head: number, tail: number): string {
  const letters = [...text]
  if (letters.length <= head + tail + 1) return text
  return `${letters.slice(0, head).join('')}…${tail > 0 ? letters.slice(-tail).join('') : ''}`
}
