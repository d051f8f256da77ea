import { z } from 'zod'
import { stringsOf } from '../claims'
import { defineMatcher } from './matcher'

/** The claim says something, whatever it is: text that is not empty, a number, true or false, or a list with one of these. */
export const exists = defineMatcher({
  kind: 'exists',
  schema: z.object({ kind: z.literal('exists') }),
  matches: (_, claim) => stringsOf(claim).some((text) => text !== ''),
  describe: () => 'any value',
  explain: () => 'It is present but has no usable value: it is an empty text, or a value that no rule can compare.',
})
