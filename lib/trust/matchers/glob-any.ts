import { z } from 'zod'
import { stringsOf } from '../claims'
import { nearMiss, quoteAll } from './equals-any'
import { globMatches, isReadablePattern, patternCharactersMax } from './glob'
import { defineMatcher } from './matcher'

/** One of the claim's values fits one of ours, which may be patterns in Infisical's dialect. */
export const globAny = defineMatcher({
  kind: 'glob-any',
  schema: z.object({
    kind: z.literal('glob-any'),
    values: z.array(z.string().min(1).max(patternCharactersMax)).min(1).max(1000).meta({ title: 'Allowed values' }),
  }),
  matches: ({ values }, claim) => {
    const texts = stringsOf(claim)
    return values.some((pattern) => texts.some((text) => globMatches(pattern, text)))
  },
  describe: ({ values }) => (values.length === 1 ? JSON.stringify(values[0]) : `one of ${quoteAll(values)}`),
  explain: ({ values }, claim) => {
    const unreadable = values.find((value) => !isReadablePattern(value))
    if (unreadable) return `${JSON.stringify(unreadable)} cannot be read as a pattern, so it matches nothing.`
    return nearMiss(values, stringsOf(claim))
  },
})
export { isPattern, opensEverything } from './glob'
export { fitsList, joinList, splitList } from './glob-list'
