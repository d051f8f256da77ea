import { claimLanguage, findMembers } from '../analysis/claim-language'
import { expressionMachine } from '../analysis/expression-machine'
import { plausibleTexts } from '../analysis/plausible'
import { newQuestion } from '../analysis/question'
import type { ClaimRule } from '../policy'
import type { Preset } from '../presets/preset'
import { pattern } from '../presets/template'

/** Forms of the subject of GitHub Actions: with names alone, and with names and ids. */
export const subjectForms = ['classic', 'immutable'] as const
export type SubjectForm = (typeof subjectForms)[number]

export type Acceptance = boolean | 'unknown'

/** Whether rules accept a subject of a form; `unknown` where finding out costs too much. Without rules on the subject, they do. */
export function acceptsForm(rules: readonly ClaimRule[], preset: Preset, form: SubjectForm): Acceptance {
  const own = rules.filter(({ path }) => path === 'sub')
  const texts = expressionMachine(
    preset.subjects
      .filter((format) => format.form === form)
      .map(({ template, escape: escaping }) => `(?:${pattern(template, preset.facts, escaping)})`)
      .join('|'),
  )
  const language = claimLanguage(own)
  if (!texts || !language) return 'unknown'
  const work = newQuestion()
  if (findMembers(language, work, [texts, ...plausibleTexts(own)]) !== null) return true
  return work.isSpent ? 'unknown' : false
}
