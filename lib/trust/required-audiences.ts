import type { ClaimRule } from './policy'

/** The audiences of which a token must name one. Only a rule that refuses a token without any keeps other services' out. */
export const requiredAudiences = (rules: readonly ClaimRule[]): string[] =>
  rules
    .filter(({ path, whenAbsent }) => path === 'aud' && whenAbsent === 'refuse')
    .flatMap(({ matcher }) => ('values' in matcher ? matcher.values : []))
