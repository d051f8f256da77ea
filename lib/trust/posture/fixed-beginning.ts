import { type Form, isPinned, reachOf } from '../analysis/fact-reach'
import type { Work } from '../matchers/glob'
import type { Preset } from '../presets/preset'

/** Separators of subjects, and how many of them are looked at. */
const separators = /[:/@]/g
const cutsMax = 4

/**
 * The facts that the fixed beginning of a pattern writes out, in each form that a text which begins so may have: `repo:acme/` the owner.
 * Whatever follows, a text of the pattern is one of these. Empty where no beginning writes one out. Many values have one beginning,
 * which is read once.
 */
export function writtenOut(
  pattern: string,
  forms: readonly Form[],
  preset: Preset,
  work: Work,
): readonly ReadonlySet<string>[] {
  const fixed = /^[^*?[\]{}()\\!+|]*/.exec(pattern)?.[0] ?? ''
  for (const { index } of [...fixed.matchAll(separators)].slice(0, cutsMax)) {
    const beginning = { text: `${fixed.slice(0, index + 1)}*`, isPattern: true }
    const written: ReadonlySet<string>[] = []
    for (const form of forms) {
      const reach = reachOf(beginning, [], form, preset, work)
      if (reach === 'unknown') return []
      if (reach === 'none') continue
      const facts = Object.entries(reach.facts).filter(([, one]) => isPinned(one) || one.within !== null)
      written.push(new Set(facts.map(([name]) => name)))
    }
    if (written.length > 0 && written.every(({ size }) => size > 0)) return written
  }
  return []
}
