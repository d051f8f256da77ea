import type { Work } from '../matchers/glob'
import type { ClaimRule } from '../policy'
import { claimLanguage, findMembers } from './claim-language'
import { plausibleTexts } from './plausible'
import { newQuestion } from './question'

/** Returns an address on which no plausible claim can satisfy all rules; null = none, unless `work.isSpent` is set. */
export function findContradiction(rules: readonly ClaimRule[], work: Work = newQuestion()): string | null {
  for (const path of new Set(rules.map((rule) => rule.path))) {
    const on = rules.filter((rule) => rule.path === path)
    const language = claimLanguage(on)
    if (!language) work.isSpent = true
    else if (language.isAbsentAccepted) continue
    else if (findMembers(language, work, plausibleTexts(on)) === null && !work.isSpent) return path
  }
  return null
}
