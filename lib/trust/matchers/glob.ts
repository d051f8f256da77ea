import { compilePattern, type Node, type Program } from './glob-program'

/** The longest pattern, in characters. */
export const patternCharactersMax = 1024

/**
 * What matching has cost so far, and may cost in all: the rules of one verdict share it, so that what a login costs is bounded
 * however many patterns a trust has. `isSpent` is set once a match was given up for it.
 */
export type Work = { steps: number; stepsMax: number; isSpent: boolean }

/** Work of a verdict, unless told otherwise: some 15 ms, and more than a thousand times what usual trusts ask for. */
export const verdictStepsMax = 1_000_000

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
  const program = compileCached(pattern)
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
export const programOf = (pattern: string): Program | null => compileCached(pattern)

/** Whether a pattern says what must not be: an odd number of `!` in front. */
export function isNegated(pattern: string): boolean {
  return (/^!*/.exec(pattern)?.[0].length ?? 0) % 2 === 1
}

/** Whether the pattern can be read; an unreadable one matches nothing. */
export function isReadablePattern(pattern: string): boolean {
  return !isPattern(pattern) || compileCached(pattern) !== null
}

/** Whether a pattern lets (nearly) everything in: only stars and question marks in one of its readings, or a negation. */
export function opensEverything(pattern: string): boolean {
  if (!isPattern(pattern)) return false
  const program = compileCached(pattern)
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
  let current = new Set<number>()
  enter(nodes, 0, current, work)
  for (const character of text) {
    const next = new Set<number>()
    for (const at of current) {
      work.steps++
      const node = nodes[at]
      if (node?.kind === 'one' && node.test(character)) enter(nodes, node.to, next, work)
    }
    if (next.size === 0) return false
    if (work.steps > budget) {
      work.isSpent = true
      return null
    }
    current = next
  }
  return [...current].some((at) => nodes[at]?.kind === 'end')
}

/** Adds a node and all it forks to; each at most once, so a step costs no more than the program is long. */
function enter(nodes: Node[], start: number, into: Set<number>, work: Work) {
  const pending = [start]
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    if (into.has(at)) continue
    into.add(at)
    work.steps++
    const node = nodes[at]
    if (node?.kind === 'split') pending.push(...node.to)
  }
}

// Patterns come from trusts, not from tokens, so few are in use at a time; the bound only guards against a tester's typing.
const compiled = new Map<string, Program | null>()
const compiledMax = 2000

function compileCached(pattern: string): Program | null {
  const known = compiled.get(pattern)
  if (known !== undefined) return known
  const program = pattern.length > patternCharactersMax ? null : compilePattern(pattern)
  if (compiled.size >= compiledMax) compiled.clear()
  compiled.set(pattern, program)
  return program
}
