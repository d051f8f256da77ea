import type { ClaimRule } from '../policy'

/** The sorts of rule that Infisical's methods can express: audiences, subject and bound claims, all as patterns. */
export function boundRules(values: string[]): ClaimRule[] {
  const bound = (path: string): ClaimRule => ({ path, matcher: { kind: 'glob-any', values }, whenAbsent: 'refuse' })
  return [bound('aud'), bound('sub'), bound('unreadable')]
}

/** A rule on the audience, compared exactly. */
export const exactAudience = (values: string[]): ClaimRule => ({
  path: 'aud',
  matcher: { kind: 'equals-any', values },
  whenAbsent: 'refuse',
})
