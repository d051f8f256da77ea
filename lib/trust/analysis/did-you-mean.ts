import { intersect, onlyOf } from '../matchers/character-set'
import { isPattern, programOf, type Work } from '../matchers/glob'
import { Automaton } from './automaton'
import { type Machine, type Move, readings } from './machine'

/** What an edit costs. Two edits are allowed, or a word in the wrong case. */
const caseCost = 1
const editCost = 6
const costMax = 12

/**
 * Returns the nearest text or pattern that has something in common with a grammar: a few characters of what the grammar fixes are
 * added, left out or replaced. `*` and `?` stay. Null when there is none near, or when finding it costs too much.
 */
export function nearest(value: string, isGlob: boolean, grammar: Machine, work: Work): string | null {
  const automaton = new Automaton()
  const program = isGlob && isPattern(value) ? programOf(value) : null
  if (program && !program.negated) automaton.program(program)
  else automaton.text(value)
  if (automaton.isFull) return null
  const rule = readings(automaton, { accepts: (tags) => tags.length > 0 })
  const queue: Place[][] = Array.from({ length: costMax + 1 }, () => [])
  queue[0]?.push({ rule: rule.start, grammar: grammar.start, text: '' })
  const seen = new Set<string>()
  for (let cost = 0; cost <= costMax; cost++) {
    const places = queue[cost] ?? []
    for (let at = 0; at < places.length; at++) {
      const place = places[at]
      if (!place || work.steps > work.stepsMax) return null
      const key = `${place.rule} ${place.grammar}`
      if (seen.has(key)) continue
      seen.add(key)
      if (cost > 0 && rule.isEnd(place.rule, work) && grammar.isEnd(place.grammar, work)) return place.text
      for (const step of stepsFrom(place, rule.moves(place.rule, work), grammar.moves(place.grammar, work), work)) {
        queue[cost + step.cost]?.push(step)
      }
    }
  }
  return null
}

type Place = { rule: number; grammar: number; text: string }

function stepsFrom(
  place: Place,
  ours: readonly Move[],
  theirs: readonly Move[],
  work: Work,
): (Place & { cost: number })[] {
  const steps: (Place & { cost: number })[] = []
  for (const own of ours) {
    const letter = own.isWide ? null : onlyOf(own.set)
    // Left out.
    if (letter !== null && isLetter(letter)) steps.push({ ...place, rule: own.to, cost: editCost })
    for (const their of theirs) {
      work.steps++
      const common = intersect(own.set, their.set)
      if (common.length > 0) {
        const shown = own.isWide ? wildcard(own) : String.fromCodePoint(common[0]?.[0] ?? 0)
        steps.push({ rule: own.to, grammar: their.to, text: joined(place.text, shown), cost: 0 })
      }
      const other = letter === null ? null : replacement(letter, their)
      if (other) steps.push({ rule: own.to, grammar: their.to, text: place.text + other.text, cost: other.cost })
    }
  }
  // Added.
  for (const { set, to } of theirs) {
    const letter = onlyOf(set)
    if (letter !== null && isLetter(letter)) {
      steps.push({ rule: place.rule, grammar: to, text: place.text + String.fromCodePoint(letter), cost: editCost })
    }
  }
  return steps
}

/** A letter in the place of another: the same in the other case, or the only one that the grammar has there. */
function replacement(letter: number, { set }: Move): { text: string; cost: number } | null {
  const text = String.fromCodePoint(letter)
  const swapped = text === text.toLowerCase() ? text.toUpperCase() : text.toLowerCase()
  const [code = 0, ...more] = Array.from(swapped, (character) => character.codePointAt(0) ?? 0)
  if (swapped !== text && more.length === 0 && intersect([[code, code]], set).length > 0)
    return { text: swapped, cost: caseCost }
  const only = onlyOf(set)
  if (only === null || only === letter || isLetter(only) !== isLetter(letter)) return null
  return { text: String.fromCodePoint(only), cost: editCost }
}

/** Separators are neither added nor left out, because that cuts names in two or joins them. */
const isLetter = (code: number) => /[\w-]/.test(String.fromCodePoint(code))

const wildcard = ({ isRepeated }: Move) => (isRepeated ? '*' : '?')
const joined = (text: string, shown: string) => (shown === '*' && text.endsWith('*') ? text : text + shown)
