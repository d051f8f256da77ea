import { compilePattern, type Node, type Program } from './glob-program'

/** The longest pattern, in characters. */
export const patternCharactersMax = 1024

/** Counts the steps a match takes, for tests: a promise about time that needs no clock. */
export type StepCounter = { steps: number }

/**
 * Infisical's dialect (ENGINE.md), as picomatch with bash mode reads it:
 * - `*` any run of characters, `/` too · `?` one character but `/` · `[a-c]`, `[^a-c]` one of, none of (`!` inside is only a letter) · `{a,b}` either
 * - a leading `!` turns the answer round · `\` before a character makes it plain
 * - `**` that fills a segment may stand for no segment at all: `a/**` holds `a`, and `**` + `/b` holds `b`
 * - the text of the pattern itself always matches; an empty text never does
 *
 * On purpose different: claims are no file names, so a dot is a plain character everywhere and `./` is no prefix;
 * `( ) | + "` and `{1..3}` are plain text; `[ab]` is only a class, after which no final slash is forgiven; a character
 * is a code point. A pattern with an extended glob such as `@(a|b)` or `!(a)` is refused: it matches nothing.
 *
 * Matching walks all readings of the pattern at once (Thompson 1968), so its work is at most pattern × text.
 */
export function globMatches(pattern: string, text: string, counter: StepCounter = { steps: 0 }): boolean {
  if (text === '') return false
  if (pattern === text) return true
  if (!isPattern(pattern)) return false
  const program = compileCached(pattern)
  if (program === null) return false
  const found = run(program, Array.from(text), counter)
  // Not known is not a match, of a negation neither.
  return found !== null && found !== program.negated
}

/** Whether a value is a pattern; if not, it is compared letter for letter. */
export function isPattern(value: string): boolean {
  return value.startsWith('!') || /[*?]|\[[\s\S]+\]|\\|[@+!]\(/.test(value) || /\{[\s\S]*,[\s\S]*\}/.test(value)
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
const stepsMax = 300_000

/** Whether the text is one the pattern reads; null when finding out would cost too much. */
function run({ nodes }: Program, text: string[], counter: StepCounter): boolean | null {
  const budget = counter.steps + stepsMax
  let current = new Set<number>()
  enter(nodes, 0, current, counter)
  for (const character of text) {
    const next = new Set<number>()
    for (const at of current) {
      counter.steps++
      const node = nodes[at]
      if (node?.kind === 'one' && node.test(character)) enter(nodes, node.to, next, counter)
    }
    if (next.size === 0) return false
    if (counter.steps > budget) return null
    current = next
  }
  return [...current].some((at) => nodes[at]?.kind === 'end')
}

/** Adds a node and all it forks to; each at most once, so a step costs no more than the program is long. */
function enter(nodes: Node[], start: number, into: Set<number>, counter: StepCounter) {
  const pending = [start]
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    if (into.has(at)) continue
    into.add(at)
    counter.steps++
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
