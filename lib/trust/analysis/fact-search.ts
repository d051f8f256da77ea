import type { Work } from '../matchers/glob'
import type { Escape, Part } from '../presets/template'
import type { Machine } from './machine'
import { explore } from './search'
import { segment, stateOf, statesAfter } from './segment'

/** A text made of facts that must be in all of some sets. */
export type Constraint = {
  parts: readonly Part[]
  escaping: Escape
  machines: readonly { machine: Machine; spells: boolean }[]
}

export type FactQuestion = {
  constraints: readonly Constraint[]
  /** Sets that the values of a fact are in. */
  domainOf(fact: string): readonly Machine[]
  /** Facts whose value no constraint may spell out. */
  free: ReadonlySet<string>
}

/** For each fact of a constraint, sets whose common texts are its values: any of one fact goes with any of another. */
export type Solution = ReadonlyMap<string, readonly Machine[]>

/** More ways in which a value can be read are not followed. */
const endsMax = 2000

/**
 * Yields the ways in which facts can satisfy all constraints. A constraint reads a text from state to state, so the values of a fact
 * are those that lead from one state to another; each choice of these states is a way. When it ends, there are no more, unless
 * `work.isSpent` is set.
 */
export function* solutionsOf(question: FactQuestion, work: Work): Generator<Solution> {
  yield* satisfy(question, 0, new Map(), work)
}

function* satisfy(question: FactQuestion, index: number, known: Solution, work: Work): Generator<Solution> {
  const constraint = question.constraints[index]
  if (!constraint) {
    yield known
    return
  }
  const starts = constraint.machines.map(({ machine }) => machine.start)
  for (const { solution, states } of readParts(question, constraint, starts, known, work)) {
    const isRead = constraint.machines.every(({ machine }, at) => machine.isEnd(states[at] ?? 0, work))
    if (isRead) yield* satisfy(question, index + 1, solution, work)
  }
}

type Question = Pick<FactQuestion, 'domainOf' | 'free'>

/** Yields the states in which machines can be behind the parts of a text, and the values of its facts that lead there. */
export function* readParts(
  question: Question,
  constraint: Constraint,
  states: readonly number[],
  known: Solution,
  work: Work,
): Generator<{ solution: Solution; states: readonly number[] }> {
  if (work.steps > work.stepsMax) work.isSpent = true
  if (work.isSpent) return
  const [part, ...rest] = constraint.parts
  const { machines } = constraint
  if (!part) {
    yield { solution: known, states }
  } else if (part.isFact) {
    for (const ends of endsOf(question, constraint, part.text, states, known, work)) {
      const values = machines.map(({ machine, spells }, at) =>
        segment(machine, states[at] ?? 0, ends[at] ?? 0, readingOf(question, constraint, part.text, spells)),
      )
      const next = new Map(known).set(part.text, [...(known.get(part.text) ?? []), ...values])
      yield* readParts(question, { ...constraint, parts: rest }, ends, next, work)
    }
  } else {
    const after = machines.map(({ machine }, at) => statesAfter(machine, [states[at] ?? 0], part.text, work))
    for (const choice of choicesOf(after)) {
      yield* readParts(question, { ...constraint, parts: rest }, choice, known, work)
    }
  }
}

const readingOf = ({ free }: Question, { escaping }: Constraint, fact: string, spells: boolean) => ({
  ...{ escaping, isFree: spells && free.has(fact) },
})

/** The states in which all machines of a constraint can be behind a value of a fact. */
function endsOf(
  question: Question,
  constraint: Constraint,
  fact: string,
  states: readonly number[],
  known: Solution,
  work: Work,
): number[][] {
  const before = [...question.domainOf(fact), ...(known.get(fact) ?? [])]
  const open = constraint.machines.map(({ machine, spells }, index) =>
    segment(machine, states[index] ?? 0, null, readingOf(question, constraint, fact, spells)),
  )
  const machines = [...before, ...open]
  const ends = new Map<string, number[]>()
  explore(machines, work, (visited) => {
    if (!machines.every((machine, index) => machine.isEnd(visited[index] ?? 0, work))) return false
    const end = visited.slice(before.length).map(stateOf)
    ends.set(end.join(), end)
    if (ends.size >= endsMax) work.isSpent = true
    return false
  })
  return [...ends.values()]
}

/** Each way to take one of each list. */
function choicesOf(lists: readonly (readonly number[])[]): number[][] {
  return lists.reduce<number[][]>(
    (choices, list) => choices.flatMap((choice) => list.map((one) => [...choice, one])),
    [[]],
  )
}
