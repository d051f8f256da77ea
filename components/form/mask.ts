import { uint64Max, uint64Of } from '@/lib/trust/json/uint64'

/** How many bits a mask has; bit 0 is the lowest. */
export const maskBits = 64

/** How a mask is written: `255` or `0xff`. */
export type MaskNotation = 'decimal' | 'hex'

/**
 * Reads a mask: a whole number 0…2^64−1, in decimal digits or in hex after `0x`. Answers the exact number, or a sentence
 * that says what to type instead. Nothing typed is 0.
 */
export function parseMask(text: string): { mask: bigint } | { problem: string } {
  const typed = text.trim()
  if (typed === '') return { mask: 0n }
  // Far longer than any number that fits, whatever zeros it begins with: not worth a computation.
  if (typed.length > 200 || !/^(?:[0-9]+|0x[0-9a-f]+)$/i.test(typed)) return { problem: expected }
  const mask = BigInt(typed.toLowerCase())
  return mask > uint64Max ? { problem: tooLarge } : { mask }
}

const expected = 'Type a whole number, in decimal digits such as 255, or in hex such as 0xff.'
const tooLarge = `This needs more than 64 bits. The largest is ${uint64Max}, or 0x${uint64Max.toString(16)}.`

/** The notation of a text; decimal until it begins like hex. */
export const notationOf = (text: string): MaskNotation => (/^\s*0x/i.test(text) ? 'hex' : 'decimal')

export const formatMask = (mask: bigint, notation: MaskNotation): string =>
  notation === 'hex' ? `0x${mask.toString(16)}` : mask.toString()

/**
 * What a form holds of a typed mask: its decimal digits; '' for nothing. A text that is none stays as it is, which every
 * schema refuses.
 */
export function maskValueOf(text: string): string {
  const read = parseMask(text)
  if ('problem' in read) return text
  return text.trim() === '' ? '' : read.mask.toString()
}

/** The mask that a form's value stands for, or null while it is none. */
export const maskOfValue = (value: string): bigint | null => (value === '' ? 0n : uint64Of(value))

export const hasBit = (mask: bigint, bit: number): boolean => ((mask >> BigInt(bit)) & 1n) === 1n

export const withBit = (mask: bigint, bit: number, isOn: boolean): bigint =>
  isOn ? mask | (1n << BigInt(bit)) : mask & ~(1n << BigInt(bit))

/** How many bits are set. */
export const countBits = (mask: bigint): number => mask.toString(2).replaceAll('0', '').length
