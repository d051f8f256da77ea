import { keptAnswers } from '../kept-answers'
import { compilePattern, type Node, type Program } from './glob-program'

/** The longest pattern, in characters. */
export const patternCharactersMax = 1024

/**
 * What matching has cost so far, and may cost in all: the rules of one verdict share it, so that what a login costs is bounded
 * however many patterns a trust has. `isSpent` is set once a match was given up for it.
 */
export type Work = { steps: number; stepsMax: number; isSpent: boolean }

/** Work of a verdict, unless told otherwise: some 15 ms, and more than a thousand times what usual trusts ask for. */
const verdictStepsMax = 1_000_000

export const newWork = (stepsMax = verdictStepsMax): Work => ({ steps: 0, stepsMax, isSpent: false })

/**
 * Returns whether a text matches a pattern of Infisical's dialect, picomatch's bash mode (docs/verification.md, "Patterns"):
 * - `*` any run of characters, `/` too · `?` one character but `/` · `[a-c]`, `[^a-c]` one of, none of (`!` inside is only a letter) · `{a,b}` either
 * - a leading `!` turns the answer round · `\` before a character makes it plain
 * - `**` that fills a segment may match no segment at all: `a/**` matches `a`, and `**` + `/b` matches `b`
 * - the text of the pattern itself always matches; an empty text never does
 *
 * On purpose different: claims are no file names, so a dot is a plain character everywhere and `./` is no prefix;
 * `( ) | + "` and `{1..3}` are plain text; `[ab]` is only a class, after which no final slash is forgiven; a character
 * is a code point. A pattern with an extended glob such as `@(a|b)` or `!(a)` is refused: it matches nothing.
 *
 * Matching walks all readings of the pattern at once (Thompson 1968), so its work is at most pattern × text.
 */
export function globMatches(pattern: string, text: string, work: Work = newWork()): boolean {
  if (text === '') return false
  if (pattern === text) return true
  // Reading the pattern counts each time, so that the answer does not depend on what happens to be compiled already.
  work.steps += pattern.length
  if (!isPattern(pattern)) return false
  if (work.steps > work.stepsMax) {
    work.isSpent = true
    return false
  }
  const program = programOf(pattern)
  if (program === null) return false
  const found = run(program, text, work)
  // Not known is not a match, of a negation neither.
  return found !== null && found !== program.negated
}

/** Whether a value is a pattern; if not, it is compared letter for letter. */
export function isPattern(value: string): boolean {
  if (value.startsWith('!') || /[*?\\]|[@+!]\(/.test(value)) return true
  const bracket = value.indexOf('[')
  if (bracket >= 0 && value.lastIndexOf(']') > bracket + 1) return true
  const brace = value.indexOf('{')
  const comma = brace < 0 ? -1 : value.indexOf(',', brace)
  return comma >= 0 && value.lastIndexOf('}') > comma
}

/** Returns a pattern that matches this text only. */
export function literalPattern(text: string): string {
  return isPattern(text) ? text.replace(/[\\*?[\]{}()!@+|]/g, (sign) => `\\${sign}`) : text
}

/**
 * Returns the program of a value that is a pattern, for an analysis of all texts that it matches; null when it cannot be read and
 * matches only its own text.
 */
export const programOf = (pattern: string): Program | null =>
  pattern.length > patternCharactersMax ? null : programs(pattern, compilePattern)

/** Whether a pattern says what must not be: an odd number of `!` in front. */
export function isNegated(pattern: string): boolean {
  return (/^!*/.exec(pattern)?.[0].length ?? 0) % 2 === 1
}

/** Whether the pattern can be read; an unreadable one matches nothing. */
export function isReadablePattern(pattern: string): boolean {
  return !isPattern(pattern) || programOf(pattern) !== null
}

/** Whether a pattern lets (nearly) everything in: only stars and question marks in one of its readings, or a negation. */
export function opensEverything(pattern: string): boolean {
  if (!isPattern(pattern)) return false
  const program = programOf(pattern)
  if (!program) return false
  if (program.negated) return true
  // Whatever can be reached through wide characters alone demands nothing; one of them must be a star.
  const seen = new Set<string>()
  const pending: { at: number; star: boolean }[] = [{ at: 0, star: false }]
  for (let state = pending.pop(); state; state = pending.pop()) {
    const key = `${state.at} ${state.star}`
    if (seen.has(key)) continue
    seen.add(key)
    const node = program.nodes[state.at]
    if (!node) continue
    if (node.kind === 'end' && state.star) return true
    if (node.kind === 'split') for (const at of node.to) pending.push({ at, star: state.star })
    if (node.kind === 'one' && node.wide) pending.push({ at: node.to, star: state.star || node.to < state.at })
  }
  return false
}

/** How much work one match is worth; what real patterns ask of real claims is a thousandth of it. */
const matchStepsMax = 300_000

/** Whether the text is one the pattern reads; null when finding out would cost too much. */
function run({ nodes }: Program, text: string, work: Work): boolean | null {
  const budget = Math.min(work.steps + matchStepsMax, work.stepsMax)
  const walk: Walk = { nodes, reached: [], round: 1, rounds: new Uint32Array(nodes.length), work }
  enter(walk, 0)
  for (const character of text) {
    const before = walk.reached
    walk.reached = []
    walk.round++
    for (const at of before) {
      work.steps++
      const node = nodes[at]
      if (node?.kind === 'one' && node.test(character)) enter(walk, node.to)
    }
    if (walk.reached.length === 0) return false
    if (work.steps > budget) {
      work.isSpent = true
      return null
    }
  }
  return walk.reached.some((at) => nodes[at]?.kind === 'end')
}

/** `reached`: the nodes that the characters so far led to. `rounds`: in which round each node was reached last; a character is a round. */
type Walk = { nodes: Node[]; reached: number[]; round: number; rounds: Uint32Array; work: Work }

/** Reaches a node and all it forks to; each at most once a round, so a step costs no more than the program is long. */
function enter(walk: Walk, start: number) {
  const { nodes, reached } = walk
  const first = reached.length
  reach(walk, start)
  for (let looked = first; looked < reached.length; looked++) {
    const node = nodes[reached[looked] ?? -1]
    if (node?.kind === 'split') for (const at of node.to) reach(walk, at)
  }
}

function reach({ reached, round, rounds, work }: Walk, at: number) {
  if (rounds[at] === round) return
  rounds[at] = round
  reached.push(at)
  work.steps++
}

// Patterns come from trusts, not from tokens, so few are in use at a time; the bound only guards against a tester's typing.
const programs = keptAnswers<Program | null>(2_000, patternCharactersMax)
