import { codePointMax } from '../matchers/character-set'
import type { Work } from '../matchers/glob'
import type { ClaimRule, Matcher } from '../policy'
import { type Language, languageOf } from './language'
import type { Machine } from './machine'
import { findText } from './search'

/** Values of which a list must have one, and the matcher that says so. */
export type Choice = Language & { matcher: Matcher }

/**
 * The claims that all rules on one address accept, told by the texts in them. A list is accepted when it has a text in each of
 * `some`, and all its texts are in each of `every`; a claim of one text is a list of one.
 */
export type ClaimLanguage = {
  isAbsentAccepted: boolean
  some: Choice[]
  every: Language[]
  /** Whether elements that are neither texts, numbers nor booleans leave the others to be judged. */
  ignoresOthers: boolean
  takesNumbers: boolean
  takesLists: boolean
}

/** Whether the engine takes only text at an address: `sub` and `iss` (RFC 7519 §4.1). */
export const isTextOnly = (path: string) => path === 'sub' || path === 'iss'

/** Returns the claims that rules on one address accept together; without rules, all. Null = too large to be built. */
export function claimLanguage(rules: readonly ClaimRule[]): ClaimLanguage | null {
  const all: ClaimLanguage = {
    ...{ isAbsentAccepted: true, some: [], every: [] },
    ...{ ignoresOthers: true, takesNumbers: true, takesLists: true },
  }
  for (const { path, matcher, whenAbsent } of rules) {
    const one = languageOf(matcher)
    if (!one) return null
    const isText = isTextOnly(path) || path === 'aud'
    all.isAbsentAccepted &&= whenAbsent === 'allow'
    if (one.some) all.some.push({ ...one.some, matcher })
    all.every.push(...one.every)
    all.ignoresOthers &&= one.ignoresOthers && !isText
    all.takesNumbers &&= one.takesNumbers && !isText
    all.takesLists &&= one.takesLists && !isTextOnly(path)
  }
  return all
}

/**
 * Returns a claim of these texts that the language has; null = none, unless `work.isSpent` is set. Several texts where rules ask for
 * texts that none has in common. `among`: sets that the texts must be in.
 */
export function findMembers(language: ClaimLanguage, work: Work, among: readonly Machine[] = []): string[] | null {
  const every = [...language.every.map(({ texts }) => texts), ...among]
  const some = language.some.map(({ texts }) => texts)
  const one = findText([...some, ...every, ...(some.length + every.length === 0 ? [anyText] : [])], work)
  if (one !== null) return [one]
  if (!language.takesLists || some.length < 2) return null
  const members = some.map((texts) => findText([texts, ...every], work))
  const found = members.filter((member) => member !== null)
  return found.length === members.length ? found : null
}

const anyText: Machine = {
  start: 0,
  moves: () => [{ set: [[0, codePointMax]], to: 0, isWide: true }],
  isEnd: () => true,
}
