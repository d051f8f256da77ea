import { z } from 'zod'
import { type ClaimValue, typeFault } from '../claims'
import { defineMatcher } from './matcher'
import { quoteAll } from './quote-all'

/** Every value of the claim is one of ours. The claim must be text or a list of texts; anything else does not match. */
export const subsetOf = defineMatcher({
  kind: 'subset-of',
  schema: z.object({
    kind: z.literal('subset-of'),
    values: z.array(z.string().max(2048)).max(1000).meta({ title: 'Allowed values' }),
  }),
  matches: ({ values }, claim) => {
    const allowed = new Set(values)
    return textsOf(claim)?.every((value) => allowed.has(value)) ?? false
  },
  describe: ({ values }) => (values.length === 0 ? 'no value at all' : `only values of ${quoteAll(values)}`),
  explain: ({ values }, claim) => {
    const texts = textsOf(claim)
    if (!texts) return `${typeFault(claim)}: only text, or a list of texts, is taken.`
    const allowed = new Set(values)
    const excess = texts.filter((value) => !allowed.has(value))
    return excess.length > 0 ? `Not allowed: ${quoteAll(excess)}.` : null
  },
})

function textsOf(claim: ClaimValue): string[] | null {
  const elements = Array.isArray(claim) ? claim : [claim]
  const texts = elements.filter((element) => typeof element === 'string')
  return texts.length === elements.length ? texts : null
}
