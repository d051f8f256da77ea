import { z } from 'zod'
import { type ClaimValue, stringsOf } from '../claims'
import { globMatches, isNegated, isPattern, isReadablePattern, opensEverything, patternCharactersMax } from './glob'
import { defineMatcher } from './matcher'
import { nearMiss } from './near-miss'
import { quoteAll } from './quote-all'

/**
 * One of the claim's values fits one of ours, which may be patterns in Infisical's dialect. A negated pattern denies: it must
 * hold for every value of the claim, whatever else is listed, and alone it is enough.
 */
export const globAny = defineMatcher({
  kind: 'glob-any',
  schema: z.object({
    kind: z.literal('glob-any'),
    values: z.array(z.string().min(1).max(patternCharactersMax)).min(1).max(1000).meta({ title: 'Allowed values' }),
  }),
  matches: ({ values }, claim, work) => {
    const texts = stringsOf(claim)
    if (texts.length === 0) return false
    const denials = values.filter(isNegated)
    if (denials.length > 0) {
      // What cannot be compared cannot be cleared of being what is denied.
      if (texts.length !== elementsOf(claim).length) return false
      if (!denials.every((denial) => texts.every((text) => globMatches(denial, text, work)))) return false
      if (denials.length === values.length) return true
    }
    const said = new Set(texts)
    return values.some(
      (value) =>
        !isNegated(value) &&
        value !== '' &&
        (said.has(value) || (isPattern(value) && texts.some((text) => globMatches(value, text, work)))),
    )
  },
  describe: ({ values }) => (values.length === 1 ? JSON.stringify(values[0]) : `one of ${quoteAll(values)}`),
  explain: ({ values }, claim, work) => {
    const unreadable = values.find((value) => !isReadablePattern(value))
    if (unreadable) return `${JSON.stringify(unreadable)} cannot be read as a pattern, so it matches nothing.`
    const texts = stringsOf(claim)
    const denial = values.filter(isNegated).find((value) => texts.some((text) => !globMatches(value, text, work)))
    if (denial) return `${JSON.stringify(denial)} denies one of its values; every value must pass it.`
    const allowed = values.filter((value) => !isNegated(value))
    return nearMiss(allowed, claim, (ours, theirs) => globMatches(ours, theirs, work), work)
  },
})

/** Whether a list of values lets (nearly) everything in: one that does, or nothing but denials. */
export function letsEverythingIn(values: readonly string[]): boolean {
  const allowed = values.filter((value) => !isNegated(value))
  return allowed.length === 0 ? values.length > 0 : allowed.some(opensEverything)
}

const elementsOf = (claim: ClaimValue) => (Array.isArray(claim) ? claim : [claim])

export { isPattern, opensEverything } from './glob'
export { fitsList, joinList, splitList } from './glob-list'
