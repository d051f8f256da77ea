import { charactersOf, complementOf, setOf } from '../matchers/character-set'
import { isPattern } from '../matchers/glob'
import type { ClaimRule } from '../policy'
import { Automaton } from './automaton'
import { type Machine, subsets } from './machine'

/**
 * The texts that count when the language of rules is asked for: without control characters and line ends, and without the text of
 * the rules' own patterns, unless another rule lists it exactly. The engine accepts `{a,b}` for the pattern `{a,b}`, but no issuer
 * means that.
 */
export function plausibleTexts(rules: readonly ClaimRule[]): Machine[] {
  const automaton = new Automaton()
  const exact = new Set(
    rules.flatMap(({ matcher }) => ('values' in matcher && matcher.kind !== 'glob-any' ? matcher.values : [])),
  )
  for (const { matcher } of rules) {
    const patterns =
      matcher.kind === 'glob-any' ? matcher.values.filter((value) => isPattern(value) && !exact.has(value)) : []
    for (const pattern of patterns) if (!automaton.isFull) automaton.text(pattern)
  }
  if (automaton.isFull || automaton.size === 1) return [withoutControls]
  return [withoutControls, subsets(automaton, { accepts: (tags) => tags.length === 0 })]
}

const visible = complementOf(setOf([[0, 0x1f], [0x7f, 0x9f], ...charactersOf('\u2028\u2029')]))

const withoutControls: Machine = {
  start: 0,
  moves: () => [{ set: visible, to: 0, isWide: true }],
  isEnd: () => true,
}
