import { z } from 'zod'
import type { ClaimValue } from '../claims'
import { quoteAll } from './equals-any'
import { defineMatcher } from './matcher'

/** Every value of the claim is one of ours. The claim must be text or a list of texts; anything else does not match. */
export const subsetOf = defineMatcher({
  kind: 'subset-of',
  schema: z.object({
    kind: z.literal('subset-of'),
    values: z.array(z.string().max(2048)).max(1000).meta({ title: 'Allowed values' }),
  }),
  matches: ({ values }, claim) => textsOf(claim)?.every((value) => values.includes(value)) ?? false,
  describe: ({ values }) => (values.length === 0 ? 'no value at all' : `only values of ${quoteAll(values)}`),
  explain: ({ values }, claim) => {
    const texts = textsOf(claim)
    if (!texts) return 'It is neither text nor a list of texts.'
    const excess = texts.filter((value) => !values.includes(value))
    return excess.length > 0 ? `Not allowed: ${quoteAll(excess)}.` : null
  },
})

function textsOf(claim: ClaimValue): string[] | null {
  const elements = Array.isArray(claim) ? claim : [claim]
  const texts = elements.filter((element) => typeof element === 'string')
  return texts.length === elements.length ? texts : null
}
