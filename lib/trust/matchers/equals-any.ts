import { z } from 'zod'
import { stringsOf } from '../claims'
import { defineMatcher } from './matcher'
import { nearMiss } from './near-miss'
import { quoteAll } from './quote-all'

/** One of the claim's values is one of ours, letter for letter. */
export const equalsAny = defineMatcher({
  kind: 'equals-any',
  schema: z.object({
    kind: z.literal('equals-any'),
    values: z.array(z.string().max(2048)).min(1).max(1000).meta({ title: 'Allowed values' }),
  }),
  matches: ({ values }, claim) => {
    const texts = new Set(stringsOf(claim))
    return values.some((value) => texts.has(value))
  },
  describe: ({ values }) => (values.length === 1 ? JSON.stringify(values[0]) : `one of ${quoteAll(values)}`),
  explain: ({ values }, claim, work) => nearMiss(values, claim, (ours, theirs) => ours === theirs, work),
})
