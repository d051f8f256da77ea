import type { Work } from '../matchers/glob'
import type { Preset } from '../presets/preset'
import { partsOf } from '../presets/template'
import { type Constraint, type FactQuestion, readParts, type Solution } from './fact-search'

/** More templates than this are not tried; then it is not known whether another one fits. */
const templatesMax = 5

/**
 * Yields templates of subjects that an administrator can compose of a preset's parts so that they are in all sets, the shortest
 * first. `known` is what other claims leave of the facts. Each part is read without regard to the others, so a template may turn out not to fit; but when none is yielded, none does.
 */
export function* composedTemplates(
  preset: Preset,
  machines: Constraint['machines'],
  question: Pick<FactQuestion, 'domainOf' | 'free'>,
  known: Solution,
  work: Work,
): Generator<string> {
  const escaping = preset.subjects[0]?.escape ?? 'none'
  const queue: Place[] = [{ states: machines.map(({ machine }) => machine.start), template: '' }]
  const seen = new Set<string>()
  const yielded = new Set<string>()
  for (let at = 0; at < queue.length; at++) {
    const { states, template } = queue[at] ?? { states: [], template: '' }
    for (const part of preset.subjectParts) {
      const text = template === '' ? part : `:${part}`
      const longer = template + text
      for (const end of readParts(question, { parts: partsOf(text), escaping, machines }, states, known, work)) {
        const isRead = machines.every(({ machine }, index) => machine.isEnd(end.states[index] ?? 0, work))
        if (isRead && !yielded.has(longer)) {
          if (yielded.size >= templatesMax) work.isSpent = true
          else yield longer
          yielded.add(longer)
        }
        const key = end.states.join()
        if (!seen.has(key)) queue.push({ states: end.states, template: longer })
        seen.add(key)
      }
      if (work.isSpent) return
    }
  }
}

type Place = { states: readonly number[]; template: string }
