import { type CharacterSet, charactersOf, complementOf, setOf, testOf } from './character-set'

/**
 * A program of nodes that consume one character, fork without consuming, or end. `wide`: refuses next to nothing; `test` tells
 * whether a character is in `set`.
 */
export type Node =
  | { kind: 'one'; set: CharacterSet; test: (character: string) => boolean; wide: boolean; to: number }
  | { kind: 'split'; to: number[] }
  | { kind: 'end' }
export type Program = { nodes: Node[]; negated: boolean }

/** The program of a pattern in the dialect that `globMatches` describes; null when it holds an extended glob. */
export function compilePattern(pattern: string): Program | null {
  return new Compiler(pattern).program()
}

// A star's own line ends are no characters, as in a regular expression's dot.
const anyCharacter = complementOf(charactersOf('\n\r\u2028\u2029'))
const notSlash = complementOf(charactersOf('/'))

class Compiler {
  private readonly nodes: Node[] = []
  private readonly characters: string[]
  private at = 0

  constructor(pattern: string) {
    this.characters = Array.from(pattern)
  }

  program(): Program | null {
    let negated = false
    while (this.characters[this.at] === '!' && this.characters[this.at + 1] !== '(') {
      negated = !negated
      this.at++
    }
    if (hasExtendedGlob(this.characters)) return null
    this.sequence(this.characters.length)
    this.nodes.push({ kind: 'end' })
    return { nodes: this.nodes, negated }
  }

  /** Everything up to `end`, one node after the other; each node leads to the next by default. */
  private sequence(end: number) {
    while (this.at < end) {
      const character = this.characters[this.at] ?? ''
      if (character === '\\' && this.at + 1 < end) this.literal(this.characters[this.at + 1] ?? '', 2)
      else if (character === '*') this.stars(end)
      else if (character === '/' && this.isGlobstarAt(this.at + 1) && this.at + 3 === this.characters.length)
        this.slashGlobstar()
      else if (character === '?') this.one(notSlash, true, 1)
      else if (character === '[') this.bracket(end)
      else if (character === '{') this.braces(end)
      else this.literal(character, 1)
    }
  }

  private literal(character: string, length: number) {
    this.one(charactersOf(character), false, length)
  }

  private one(set: CharacterSet, wide: boolean, length: number) {
    this.nodes.push({ kind: 'one', set, test: testOf(set), wide, to: this.nodes.length + 1 })
    this.at += length
  }

  private stars(end: number) {
    const isSegment = this.isGlobstarAt(this.at) && this.characters[this.at + 2] === '/'
    while (this.at < end && this.characters[this.at] === '*') this.at++
    if (!isSegment) return this.star()
    // `**/`: any number of whole segments, or none.
    const fork: Node = { kind: 'split', to: [this.nodes.length + 1] }
    this.nodes.push(fork)
    this.star()
    this.literal('/', 1)
    fork.to.push(this.nodes.length)
  }

  /** A final `/**`: a slash and anything, or nothing. */
  private slashGlobstar() {
    const fork: Node = { kind: 'split', to: [this.nodes.length + 1] }
    this.nodes.push(fork)
    this.literal('/', 1)
    this.at += 2
    this.star()
    fork.to.push(this.nodes.length)
  }

  private star() {
    const start = this.nodes.length
    this.nodes.push({ kind: 'split', to: [start + 1, start + 2] })
    this.nodes.push({ kind: 'one', set: anyCharacter, test: testOf(anyCharacter), wide: true, to: start })
  }

  /** Exactly two stars that fill a segment, outside braces. */
  private isGlobstarAt(at: number): boolean {
    const around = [this.characters[at - 1], this.characters[at + 2]]
    const isFull = around.every((neighbour) => neighbour === undefined || neighbour === '/')
    return (
      this.characters[at] === '*' &&
      this.characters[at + 1] === '*' &&
      (isFull || (this.startsHere(at) && around[1] === '/'))
    )
  }

  /** Whether only the negation comes before. */
  private startsHere(at: number): boolean {
    return this.characters.slice(0, at).every((character) => character === '!')
  }

  private bracket(end: number) {
    const close = this.characters.indexOf(']', this.at + (this.isNegatedClass() ? 3 : 2))
    if (close < 0 || close >= end) return this.literal('[', 1)
    const negated = this.isNegatedClass()
    const inside = classSet(this.characters.slice(this.at + (negated ? 2 : 1), close))
    const set = negated ? complementOf(setOf([...inside, ...charactersOf('/')])) : inside
    this.one(set, negated, close + 1 - this.at)
  }

  private isNegatedClass(): boolean {
    return this.characters[this.at + 1] === '^'
  }

  private braces(end: number) {
    const parts = branchesOf(this.characters, this.at, end)
    if (!parts) return this.literal('{', 1)
    const fork: Node = { kind: 'split', to: [] }
    this.nodes.push(fork)
    const joins: { kind: 'split'; to: number[] }[] = []
    for (const [from, to] of parts) {
      fork.to.push(this.nodes.length)
      this.at = from
      this.sequence(to)
      const join: Node = { kind: 'split', to: [] }
      this.nodes.push(join)
      joins.push(join)
      this.at = to + 1
    }
    for (const join of joins) join.to.push(this.nodes.length)
  }
}

/** Start and end of each branch of a brace group, or null when it never closes or holds no comma (then it is text). */
function branchesOf(characters: readonly string[], open: number, end: number): [number, number][] | null {
  const parts: [number, number][] = []
  let depth = 0
  let from = open + 1
  for (let at = open; at < end; at++) {
    const character = characters[at]
    if (character === '\\') at++
    else if (character === '{') depth++
    else if (character === ',' && depth === 1) {
      parts.push([from, at])
      from = at + 1
    } else if (character === '}' && --depth === 0) {
      return parts.length > 0 ? [...parts, [from, at]] : null
    }
  }
  return null
}

function classSet(members: string[]): CharacterSet {
  const ranges: [number, number][] = []
  const code = (character: string) => character.codePointAt(0) ?? 0
  for (let at = 0; at < members.length; at++) {
    const first = members[at] ?? ''
    const last = members[at + 2]
    const isRange = members[at + 1] === '-' && last !== undefined
    ranges.push([code(first), code(isRange ? last : first)])
    if (isRange) at += 2
  }
  return setOf(ranges)
}

function hasExtendedGlob(characters: readonly string[]): boolean {
  return characters.some((character, at) => character === '(' && '@!?*+'.includes(characters[at - 1] ?? ' '))
}
