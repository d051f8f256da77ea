import { charactersOf, complementOf, hasCode, intersect } from '../matchers/character-set'
import type { Work } from '../matchers/glob'
import type { Escape } from '../presets/template'
import type { Machine, Move } from './machine'

/**
 * How the value of a fact is read by a machine of the whole claim. `isFree`: some character of it must be one that is hardly
 * restricted, so that the rule does not spell the value out.
 */
export type Reading = { escaping: Escape; isFree: boolean }

/**
 * Returns the values of a fact that lead a machine from a state on: to another state, or to any. The states of the result are told
 * apart by whether a free character has been read; `stateOf` gives those of the machine.
 */
export function segment(machine: Machine, from: number, to: number | null, { escaping, isFree }: Reading): Machine {
  return {
    start: from * 2,
    moves: (state, work) =>
      movesFrom(machine, state >> 1, escaping, work).map((move) => ({
        ...move,
        to: move.to * 2 + (isFree && (move.isWide || state & 1) ? 1 : 0),
      })),
    isEnd: (state) => (to === null || state >> 1 === to) && (!isFree || (state & 1) === 1),
  }
}

export const stateOf = (state: number) => state >> 1

const colon = charactersOf(':')
const notColon = complementOf(colon)

/** The moves of a machine; with escapes, a colon is read as `%3A`. */
function movesFrom(machine: Machine, state: number, escaping: Escape, work: Work): readonly Move[] {
  const moves = machine.moves(state, work)
  if (escaping === 'none') return moves
  const others = moves.flatMap((move) => {
    const set = intersect(move.set, notColon)
    return set.length > 0 ? [{ ...move, set }] : []
  })
  return [...others, ...escapedMoves(machine, state, work)]
}

function escapedMoves(machine: Machine, state: number, work: Work): Move[] {
  const isWide = machine.moves(state, work).some((move) => move.isWide)
  return statesAfter(machine, [state], '%3A', work).map((to) => ({ set: colon, to, isWide }))
}

/** The states to which a text leads from some states. */
export function statesAfter(machine: Machine, from: readonly number[], text: string, work: Work): number[] {
  let current = from
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    const next = new Set<number>()
    for (const state of current) {
      for (const { set, to } of machine.moves(state, work)) {
        work.steps++
        if (hasCode(set, code)) next.add(to)
      }
    }
    if (next.size === 0) return []
    current = [...next]
  }
  return [...current]
}
