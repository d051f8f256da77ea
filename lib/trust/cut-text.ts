/** The beginning of a text, at most `max` UTF-16 units long, that never ends inside a character (half a surrogate pair). */
export function cutText(text: string, max: number): string {
  if (text.length <= max) return text
  return text.slice(0, isHigh(text.charCodeAt(max - 1)) && isLow(text.charCodeAt(max)) ? max - 1 : max)
}

/** The same with an ellipsis where something was cut off. */
export const shortenText = (text: string, max: number): string => (text.length > max ? `${cutText(text, max)}…` : text)

const isHigh = (unit: number) => unit >= 0xd800 && unit <= 0xdbff
const isLow = (unit: number) => unit >= 0xdc00 && unit <= 0xdfff
