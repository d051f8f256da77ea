import type { JsonValue } from './json'

export const uint64Max = 2n ** 64n - 1n

/** A whole number 0…2^64−1, sent as a number or as its decimal text without leading zeros; null for anything else. */
export function uint64Of(value: JsonValue | undefined): bigint | null {
  if (typeof value === 'string' && !/^(?:0|[1-9][0-9]{0,19})$/.test(value)) return null
  if (typeof value === 'number' && !Number.isSafeInteger(value)) return null
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint') return null
  const integer = BigInt(value)
  return integer >= 0n && integer <= uint64Max ? integer : null
}
