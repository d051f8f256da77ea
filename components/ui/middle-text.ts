/**
 * Shortens to `head` … `tail` characters, because the ends of an id tell it from its neighbours. A text that would not
 * become shorter stays whole. Counts code points, so no emoji or astral letter is cut in half.
 */
export function middleText(text: string, head: number, tail: number): string {
  const letters = [...text]
  if (letters.length <= head + tail + 1) return text
  return `${letters.slice(0, head).join('')}…${tail > 0 ? letters.slice(-tail).join('') : ''}`
}
