import { uint64Max, uint64Of } from '@/lib/trust/json/uint64'

/** Number of bits of a mask; bit 0 is the lowest. */
export const maskBits = 64

/** Notation of a mask: `255` or `0xff`. */
export type MaskNotation = 'decimal' | 'hex'

/**
 * Parses a mask: 0…2^64−1, decimal or hexadecimal after `0x`. Returns the exact number, or a message. Empty text is 0.
 */
export function parseMask(text: string): { mask: bigint } | { problem: string } {
  const typed = text.trim()
  if (typed === '') return { mask: 0n }
  // Longer than any valid number, leading zeros included.
  if (typed.length > 200 || !/^(?:[0-9]+|0x[0-9a-f]+)$/i.test(typed)) return { problem: expected }
  const mask = BigInt(typed.toLowerCase())
  return mask > uint64Max ? { problem: tooLarge } : { mask }
}

const expected = 'Type a whole number, in decimal digits such as 255, or in hex such as 0xff.'
const tooLarge = `This needs more than 64 bits. The largest is ${uint64Max}, or 0x${uint64Max.toString(16)}.`

/** Returns the notation of a text: decimal unless it begins with `0x`. */
export const notationOf = (text: string): MaskNotation => (/^\s*0x/i.test(text) ? 'hex' : 'decimal')

export const formatMask = (mask: bigint, notation: MaskNotation): string =>
  notation === 'hex' ? `0x${mask.toString(16)}` : mask.toString()

/**
 * Returns what a form holds for typed text: decimal digits, '' for none; unreadable text as it is, which every schema
 * refuses.
 */
export function maskValueOf(text: string): string {
  const read = parseMask(text)
  if ('problem' in read) return text
  return text.trim() === '' ? '' : read.mask.toString()
}

/** Returns the mask of a form's value, or null while it cannot be read. */
export const maskOfValue = (value: string): bigint | null => (value === '' ? 0n : uint64Of(value))

export const hasBit = (mask: bigint, bit: number): boolean => ((mask >> BigInt(bit)) & 1n) === 1n

export const withBit = (mask: bigint, bit: number, isOn: boolean): bigint =>
  isOn ? mask | (1n << BigInt(bit)) : mask & ~(1n << BigInt(bit))

/** Number of bits that are set. */
export const countBits = (mask: bigint): number => mask.toString(2).replaceAll('0', '').length
