import { type CharacterSet, onlyOf } from '../matchers/character-set'
import type { Program } from '../matchers/glob-program'
import type { Expression } from './regular-expression'

/** A step over one character. `isRepeated`: of a star. */
export type Edge = { set: CharacterSet; to: number; isRepeated?: boolean }

/** `also`: nodes reached without a character. `tags`: numbers that say what ends here. */
type Node = { edges: Edge[]; also: number[]; tags: number[] }

/** The node where a text begins. No edge leads back to it. */
export const startNode = 0

/** The tag of texts that an automaton is about. */
export const accepted = 0

/** More nodes than this are not built. */
const nodesMax = 20_000

/**
 * A nondeterministic finite automaton over code points, being built. `isFull`: more was asked for than `nodesMax`, so that it
 * must not be used.
 */
export class Automaton {
  private readonly nodes: Node[] = [{ edges: [], also: [], tags: [] }]
  private textsRoot = -1
  isFull = false

  get size(): number {
    return this.nodes.length
  }

  node(at: number): Node {
    return this.nodes[at] ?? nowhere
  }

  add(): number {
    if (this.nodes.length >= nodesMax) this.isFull = true
    else this.nodes.push({ edges: [], also: [], tags: [] })
    return this.nodes.length - 1
  }

  edge(from: number, set: CharacterSet, to: number, isRepeated = false) {
    this.node(from).edges.push({ set, to, isRepeated })
  }

  leap(from: number, to: number) {
    this.node(from).also.push(to)
  }

  /** Adds a text. Texts that begin alike share nodes. */
  text(text: string, tag = accepted) {
    this.node(this.spell(Array.from(text))).tags.push(tag)
  }

  /** Adds the texts that the nodes of a pattern's program read; a negation is left to the caller. */
  program({ nodes }: Program, tag = accepted) {
    const prefix = prefixOf(nodes)
    const from = this.spell(prefix)
    const shift = this.size - prefix.length
    for (const _ of nodes.slice(prefix.length)) this.add()
    if (this.isFull) return
    this.leap(from, shift + prefix.length)
    nodes.slice(prefix.length).forEach((node, index) => {
      const at = shift + prefix.length + index
      if (node.kind === 'end') this.node(at).tags.push(tag)
      else if (node.kind === 'one') this.edge(at, node.set, shift + node.to, node.to < prefix.length + index)
      else for (const to of node.to) this.leap(at, shift + to)
    })
  }

  /** Adds the nodes of a text, and returns the one at its end. */
  private spell(characters: readonly string[]): number {
    if (this.textsRoot < 0) {
      this.textsRoot = this.add()
      this.leap(startNode, this.textsRoot)
    }
    let at = this.textsRoot
    for (const character of characters) {
      if (this.isFull) return at
      const { edges } = this.node(at)
      const code = character.codePointAt(0) ?? 0
      const known = edges.find(({ set }) => onlyOf(set) === code)
      const to = known?.to ?? this.add()
      if (!known) edges.push({ set: [[code, code]], to })
      at = to
    }
    return at
  }

  /** Adds the texts of a regular expression. */
  expression(expression: Expression, tag = accepted) {
    const first = this.add()
    this.leap(startNode, first)
    this.node(this.read(expression, first)).tags.push(tag)
  }

  /** Adds what an expression reads from a node on, and returns the node after it. */
  private read(expression: Expression, from: number): number {
    if (this.isFull) return from
    if (expression.kind === 'sequence') return expression.items.reduce((at, item) => this.read(item, at), from)
    const end = this.add()
    if (expression.kind === 'set') this.edge(from, expression.set, end)
    else if (expression.kind === 'either') for (const item of expression.items) this.leap(this.read(item, from), end)
    else this.repeat(expression, from, end)
    return end
  }

  private repeat({ item, min, max }: Extract<Expression, { kind: 'repeat' }>, from: number, end: number) {
    let at = from
    for (let count = 0; count < min && !this.isFull; count++) at = this.read(item, at)
    if (max === null) {
      // A node of its own, because an edge that leads back must not lead to what comes before.
      const loop = this.add()
      this.leap(at, loop)
      this.leap(this.read(item, loop), loop)
      this.leap(loop, end)
      return
    }
    this.leap(at, end)
    for (let count = min; count < max && !this.isFull; count++) {
      at = this.read(item, at)
      this.leap(at, end)
    }
  }
}

const nowhere: Node = { edges: [], also: [], tags: [] }

/** The characters with which all texts of a program begin. Nothing later in a program leads back to them. */
function prefixOf(nodes: Program['nodes']): string[] {
  const characters: string[] = []
  for (const node of nodes) {
    const only = node.kind === 'one' && node.to === characters.length + 1 ? onlyOf(node.set) : null
    if (only === null) break
    characters.push(String.fromCodePoint(only))
  }
  return characters
}
