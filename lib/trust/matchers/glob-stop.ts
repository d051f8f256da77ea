import { globMatches, isNegated, isPattern, newWork, type Work } from './glob'

/** How far a text fits a pattern that it does not match. The parts concatenate to the pattern and to the text. */
export type GlobStop = {
  /** The longest beginning of the pattern that the text begins with, and the rest. */
  fits: string
  wants: string
  /** The shortest beginning of the text that fits it, and the rest. */
  covered: string
  has: string
}

/** What an explanation may cost, in steps of a match. */
const stepsMax = 200_000

/** Longer texts are not explained, in characters. */
const charactersMax = 1_000

/**
 * Returns where a text stops fitting a pattern; null where it matches, where the pattern is a denial or no pattern, and where finding out
 * would cost too much.
 */
export function globStop(pattern: string, text: string, work: Work = newWork(stepsMax)): GlobStop | null {
  if (!isPattern(pattern) || isNegated(pattern) || text === '' || text.length > charactersMax) return null
  if (globMatches(pattern, text, work) || work.isSpent) return null
  const cuts = cutsOf(pattern)
  const begins = (cut: number) => cut === 0 || globMatches(`${pattern.slice(0, cut)}*`, text, work)
  // A text that begins with a longer beginning of the pattern begins with a shorter one, too.
  let [low, high] = [0, cuts.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (begins(cuts[middle] ?? 0)) low = middle
    else high = middle - 1
  }
  const cut = cuts[low] ?? 0
  const end = shortestEnd(pattern.slice(0, cut), text, work)
  if (end === null || work.isSpent) return null
  return { fits: pattern.slice(0, cut), wants: pattern.slice(cut), covered: text.slice(0, end), has: text.slice(end) }
}

function shortestEnd(start: string, text: string, work: Work): number | null {
  if (start === '') return 0
  if (!isPattern(start)) return text.startsWith(start) ? start.length : null
  for (let end = 1; end <= text.length && !work.isSpent; end++) {
    if (globMatches(start, text.slice(0, end), work)) return end
  }
  return null
}

/** Places at which a pattern can be cut: outside braces and brackets, not behind a backslash, not within a run of stars. */
function cutsOf(pattern: string): number[] {
  const cuts = [0]
  for (let at = 0; at < pattern.length; ) {
    at = unitEnd(pattern, at)
    cuts.push(at)
  }
  return cuts
}

function unitEnd(pattern: string, at: number): number {
  const rest = pattern.slice(at)
  if (rest.startsWith('\\')) return at + Math.min(2, rest.length)
  const stars = /^\*+\/?/.exec(rest)?.[0]
  if (stars) return at + stars.replace(/(?<!\*\*)\/$/, '').length
  if (rest.startsWith('[')) return at + (/^\[\^?\]?[^\]]*\]/.exec(rest)?.[0].length ?? 1)
  if (rest.startsWith('{')) return closing(pattern, at)
  return at + String.fromCodePoint(rest.codePointAt(0) ?? 0).length
}

function closing(pattern: string, open: number): number {
  let depth = 0
  for (let at = open; at < pattern.length; at++) {
    if (pattern[at] === '\\') at++
    else if (pattern[at] === '{') depth++
    else if (pattern[at] === '}' && --depth === 0) return at + 1
  }
  return open + 1
}
