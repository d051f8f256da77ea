import { z } from 'zod'
import type { ClaimValue } from '../claims'
import { typeWords } from '../json/json'
import { uint64Of } from '../json/uint64'
import { defineMatcher } from './matcher'

/** The claim, a whole number 0…2^64−1 or its decimal text, sets no bit that the mask does not. */
export const withinBitmask = defineMatcher({
  kind: 'within-bitmask',
  schema: z.object({
    kind: z.literal('within-bitmask'),
    mask: z
      .string()
      .refine((text) => uint64Of(text) !== null, {
        error: 'Give a whole number from 0 to 18446744073709551615, in decimal digits',
      })
      .meta({ title: 'Allowed bits' }),
  }),
  matches: ({ mask }, claim) => excessBits(mask, claim)?.length === 0,
  describe: ({ mask }) => `only bits of ${mask}`,
  explain: ({ mask }, claim) => {
    const excess = excessBits(mask, claim)
    if (!excess) return `It is ${typeWords(claim)}, and no whole number from 0 to 18446744073709551615.`
    return excess.length > 0 ? `Bits that are not allowed: ${excess.join(', ')}.` : null
  },
})

/** Numbers of the bits set in the claim but not in the mask, lowest first; null when either is no uint64. */
function excessBits(mask: string, claim: ClaimValue): number[] | null {
  const allowed = uint64Of(mask)
  const value = uint64Of(claim)
  if (allowed === null || value === null) return null
  return Array.from({ length: 64 }, (_, bit) => bit).filter((bit) => ((value & ~allowed) >> BigInt(bit)) & 1n)
}
