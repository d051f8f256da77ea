import { maskBits } from './mask'

/** Switches per row. */
export const bitsPerRow = 8

/**
 * Returns the bit that a key moves to in a grid of switches: by one, by a row, to an end of the row, or with Control to
 * the first or last. Null for other keys.
 */
export function nextBit(bit: number, key: string, isControl = false): number | null {
  const rowStart = bit - (bit % bitsPerRow)
  const places: Readonly<Record<string, number>> = {
    ArrowRight: bit + 1,
    ArrowLeft: bit - 1,
    ArrowDown: bit + bitsPerRow,
    ArrowUp: bit - bitsPerRow,
    Home: isControl ? 0 : rowStart,
    End: isControl ? maskBits - 1 : rowStart + bitsPerRow - 1,
  }
  const place = Object.hasOwn(places, key) ? places[key] : undefined
  if (place === undefined) return null
  return place < 0 || place >= maskBits ? bit : place
}
