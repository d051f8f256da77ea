import { definitionOf } from '../kinds'
import { isPattern } from '../matchers/glob'
import type { ClaimRule, Matcher } from '../policy'
import type { JudgedPolicy } from './subject'

/** A rule that accepts texts letter for letter, in the form that the APIs of the kind can show. */
export function exactRule({ kind }: Pick<JudgedPolicy, 'kind'>, path: string, values: readonly string[]): ClaimRule {
  return { path, matcher: exactMatcher({ kind }, values), whenAbsent: 'refuse' }
}

export function exactMatcher({ kind }: Pick<JudgedPolicy, 'kind'>, values: readonly string[]): Matcher {
  const usual = definitionOf(kind).audienceMatcher
  return { kind: values.some((value) => value === '' || isPattern(value)) ? 'equals-any' : usual, values: [...values] }
}
