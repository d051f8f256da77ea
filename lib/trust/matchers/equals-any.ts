import { z } from 'zod'
import { stringsOf } from '../claims'
import { defineMatcher } from './matcher'

/** One of the claim's values is one of ours, letter for letter. */
export const equalsAny = defineMatcher({
  kind: 'equals-any',
  schema: z.object({
    kind: z.literal('equals-any'),
    values: z.array(z.string().max(2048)).min(1).max(1000).meta({ title: 'Allowed values' }),
  }),
  matches: ({ values }, claim) => stringsOf(claim).some((value) => values.includes(value)),
  describe: ({ values }) => (values.length === 1 ? JSON.stringify(values[0]) : `one of ${quoteAll(values)}`),
  explain: ({ values }, claim) => nearMiss(values, stringsOf(claim)),
})

export const quoteAll = (values: readonly string[]) => values.map((value) => JSON.stringify(value)).join(', ')

/** What a person overlooks when two texts look alike: blanks, case, a trailing slash. Null when they plainly differ. */
export function nearMiss(expected: readonly string[], received: readonly string[]): string | null {
  for (const ours of expected) {
    for (const theirs of received) {
      if (ours.trim() === theirs.trim()) return 'They differ only in blanks at the ends.'
      if (ours.replace(/\/$/, '') === theirs.replace(/\/$/, '')) return 'They differ only in a trailing slash.'
      if (ours.toLowerCase() === theirs.toLowerCase()) return 'They differ only in upper and lower case.'
      if (ours.normalize('NFKC') === theirs.normalize('NFKC'))
        return 'They look alike but are spelt with different characters.'
    }
  }
  return null
}
