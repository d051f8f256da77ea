import type { CharacterSet } from '../matchers/character-set'
import type { Work } from '../matchers/glob'
import { type Automaton, type Edge, startNode } from './automaton'

/** A step over one character. `isWide`: it is hardly restricted, as under a wildcard. `isRepeated`: of a star. */
export type Move = { set: CharacterSet; to: number; isWide: boolean; isRepeated?: boolean | undefined }

/**
 * A set of texts as states and moves, made while they are visited. What is made counts as work; when none is left, moves are
 * missing, so an answer of "none" is worth nothing.
 */
export type Machine = {
  start: number
  moves(state: number, work: Work): readonly Move[]
  /** Whether a text that leads to this state is in the set. */
  isEnd(state: number, work: Work): boolean
}

/** Tags of the texts that end in a state. `atStart` replaces them for the empty text. */
export type Acceptance = { accepts: (tags: readonly number[]) => boolean; atStart?: boolean }

/** A character is spelled out by a rule that allows no more than these in its place: `[Mm]ain`. */
const spelledMax = 4

/** Follows every reading of a text on its own. For `accepts` that hold for a text if they hold for one of its readings. */
export function readings(automaton: Automaton, { accepts, atStart }: Acceptance): Machine {
  const closures = closuresOf(automaton)
  const moves = new Map<number, readonly Move[]>()
  return {
    start: startNode,
    moves: (state, work) => {
      const known = moves.get(state)
      if (known) return known
      const made = closures(state, work).edges.map(toMove)
      if (work.steps <= work.stepsMax) moves.set(state, made)
      return made
    },
    isEnd: (state, work) =>
      state === startNode && atStart !== undefined ? atStart : accepts(closures(state, work).tags),
  }
}

/** Follows all readings of a text at once, so that its complement can be told too: each character has exactly one move. */
export function subsets(automaton: Automaton, { accepts, atStart }: Acceptance): Machine {
  const closures = closuresOf(automaton)
  const members: number[][] = []
  const numbers = new Map<string, number>()
  const moves = new Map<number, readonly Move[]>()
  const numberOf = (subset: number[]) => {
    const key = subset.join()
    const number = numbers.get(key) ?? members.push(subset) - 1
    numbers.set(key, number)
    return number
  }
  const start = numberOf([startNode])
  return {
    start,
    moves: (state, work) => {
      const known = moves.get(state)
      if (known) return known
      const edges = (members[state] ?? []).flatMap((member) => closures(member, work).edges)
      const made = partition(edges, work).map(({ set, to }) => toMove({ set, to: numberOf(to) }))
      if (work.steps <= work.stepsMax) moves.set(state, made)
      return made
    },
    isEnd: (state, work) => {
      if (state === start && atStart !== undefined) return atStart
      const subset = members[state] ?? []
      work.steps += subset.length
      return accepts(subset.flatMap((member) => closures(member, work).tags))
    },
  }
}

const toMove = ({ set, to, isRepeated }: Edge): Move => ({ set, to, isRepeated, isWide: sizeOf(set) > spelledMax })

const sizeOf = (set: CharacterSet) => set.reduce((size, [first, last]) => size + last - first + 1, 0)

/** What can be done next from a node, through all nodes that need no character. */
function closuresOf(automaton: Automaton) {
  const known = new Map<number, { edges: Edge[]; tags: number[] }>()
  return (start: number, work: Work) => {
    const before = known.get(start)
    if (before) return before
    const closure: { edges: Edge[]; tags: number[] } = { edges: [], tags: [] }
    const seen = new Set<number>()
    const pending = [start]
    for (let at = pending.pop(); at !== undefined && work.steps <= work.stepsMax; at = pending.pop()) {
      if (seen.has(at)) continue
      seen.add(at)
      const node = automaton.node(at)
      work.steps += 1 + node.edges.length
      for (const edge of node.edges) closure.edges.push(edge)
      closure.tags.push(...node.tags)
      pending.push(...node.also)
    }
    if (work.steps <= work.stepsMax) known.set(start, closure)
    return closure
  }
}

/** Splits all characters into sets within which the same edges apply; each with the nodes that these lead to. */
function partition(edges: readonly Edge[], work: Work): { set: CharacterSet; to: number[] }[] {
  // Sorting and comparing them costs several times what following one does.
  work.steps += 4 * edges.length
  const events = edges
    .flatMap(({ set, to }) =>
      set.flatMap(([first, last]) => [
        { at: first, to, by: 1 },
        { at: last + 1, to, by: -1 },
      ]),
    )
    .sort((one, other) => one.at - other.at)
  const active = new Map<number, number>()
  const parts = new Map<string, { set: [number, number][]; to: number[] }>()
  let from = 0
  const close = (end: number) => {
    if (end <= from) return
    const to = [...active.keys()].sort((one, other) => one - other)
    work.steps += 1 + to.length
    const part = parts.get(to.join()) ?? { set: [], to }
    parts.set(to.join(), part)
    const before = part.set.at(-1)
    if (before && before[1] === from - 1) before[1] = end - 1
    else part.set.push([from, end - 1])
    from = end
  }
  for (const { at, to, by } of events) {
    if (work.steps > work.stepsMax) return []
    close(at)
    const count = (active.get(to) ?? 0) + by
    if (count === 0) active.delete(to)
    else active.set(to, count)
  }
  close(0x110000)
  return [...parts.values()]
}
