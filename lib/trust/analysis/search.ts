import { type CharacterSet, hasCode, intersect } from '../matchers/character-set'
import type { Work } from '../matchers/glob'
import type { Machine } from './machine'

/**
 * Returns a shortest text that is in all sets, or null. Null means that there is none, unless `work.isSpent` is set: then it is
 * not known.
 */
export function findText(machines: readonly Machine[], work: Work): string | null {
  let found: string | null = null
  explore(machines, work, (states, text) => {
    if (!machines.every((machine, index) => machine.isEnd(states[index] ?? 0, work))) return false
    found = text()
    return true
  })
  return found
}

/** Whether a text is in a set; false, and `work.isSpent`, when finding out costs too much. */
export function hasText(machine: Machine, text: string, work: Work): boolean {
  return endsOf(machine, text, work).some((state) => machine.isEnd(state, work))
}

/** Returns the states to which a text leads. */
export function endsOf(machine: Machine, text: string, work: Work): number[] {
  let current = new Set([machine.start])
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    const next = new Set<number>()
    for (const state of current) {
      for (const { set, to } of machine.moves(state, work)) {
        work.steps++
        if (hasCode(set, code)) next.add(to)
      }
    }
    if (isOver(work)) return []
    current = next
  }
  return [...current]
}

type Visit = (states: readonly number[], text: () => string) => boolean

/**
 * Visits the states that some text leads all machines to, shortest texts first, until `visit` returns true. Sets `work.isSpent`
 * when it has to stop earlier.
 */
export function explore(machines: readonly Machine[], work: Work, visit: Visit) {
  const queue: Place[] = [{ states: machines.map(({ start }) => start), isAfterHigh: false, from: -1, code: 0 }]
  const seen = new Set([keyOf(queue[0])])
  for (let at = 0; at < queue.length; at++) {
    if (isOver(work)) return
    const place = queue[at]
    if (!place) return
    if (visit(place.states, () => textTo(queue, at))) return
    const choices = machines.map((machine, index) => machine.moves(place.states[index] ?? 0, work))
    follow(choices, work, (set, states) => {
      for (const { code, isAfterHigh } of examplesOf(set, place.isAfterHigh)) {
        const next = { states, isAfterHigh, from: at, code }
        const key = keyOf(next)
        if (seen.has(key)) continue
        seen.add(key)
        queue.push(next)
      }
    })
  }
  isOver(work)
}

type Place = { states: number[]; isAfterHigh: boolean; from: number; code: number }

/** A number for up to two states, because most searches have two, and a text is slow. */
function keyOf(place: Place | undefined): string | number {
  const { states = [], isAfterHigh = false } = place ?? {}
  const [one = 0, other = 0] = states
  if (states.length <= 2 && !isAfterHigh && other < 2 ** 20) return one * 2 ** 20 + other
  return `${states.join()}${isAfterHigh ? '!' : ''}`
}

function isOver(work: Work): boolean {
  if (work.steps > work.stepsMax) work.isSpent = true
  return work.isSpent
}

/** Calls back with each way in which all machines can take the same characters. */
function follow(
  choices: readonly ReturnType<Machine['moves']>[],
  work: Work,
  step: (set: CharacterSet, states: number[]) => void,
) {
  const states = choices.map(() => 0)
  const choose = (index: number, set: CharacterSet | null) => {
    const moves = choices[index]
    if (!moves) return step(set ?? [], [...states])
    for (const move of moves) {
      if (++work.steps > work.stepsMax) return
      const common = set === null ? move.set : intersect(set, move.set)
      if (common.length === 0) continue
      states[index] = move.to
      choose(index + 1, common)
    }
  }
  if (choices.length > 0) choose(0, null)
}

/**
 * Characters for which all others of a set can stand. One that is no half of a surrogate pair is enough. Where there is none: two
 * halves that meet would become one character, so a low half never follows a high one.
 */
function examplesOf(set: CharacterSet, isAfterHigh: boolean): { code: number; isAfterHigh: boolean }[] {
  const whole = exampleOf(intersect(set, wholeCharacters))
  if (whole !== null) return [{ code: whole, isAfterHigh: false }]
  const high = exampleOf(intersect(set, highHalves))
  const low = isAfterHigh ? null : exampleOf(intersect(set, lowHalves))
  return [
    ...(high === null ? [] : [{ code: high, isAfterHigh: true }]),
    ...(low === null ? [] : [{ code: low, isAfterHigh: false }]),
  ]
}

const wholeCharacters: CharacterSet = [
  [0, 0xd7ff],
  [0xe000, 0x10ffff],
]
const highHalves: CharacterSet = [[0xd800, 0xdbff]]
const lowHalves: CharacterSet = [[0xdc00, 0xdfff]]

/** The most readable character of a set, or null. */
function exampleOf(set: CharacterSet): number | null {
  for (const code of readable) if (hasCode(set, code)) return code
  const visible = intersect(set, [
    [0x21, 0x7e],
    [0xa1, 0xd7ff],
  ])
  return (visible[0] ?? set[0])?.[0] ?? null
}

const readable = Array.from('x2abcdefghijklmnopqrstuvwyz0134567899X-_', (character) => character.codePointAt(0) ?? 0)

function textTo(queue: readonly Place[], end: number): string {
  const codes: number[] = []
  for (let place = queue[end]; place && place.from >= 0; place = queue[place.from]) codes.push(place.code)
  return String.fromCodePoint(...codes.reverse())
}
