import { fixOf, withRule } from '../fix'
import type { BoundClaim } from '../reading'
import { definePostureRule } from '../rule'

export const l45 = definePostureRule({
  id: 'L45',
  severity: 'high',
  title: 'A rule is skipped when its claim is missing',
  why: 'A token without the claim passes. Who can have a token made without it, by leaving out an environment or a custom claim, is not limited by the rule at all.',
  opens: 'The identity, to tokens that lack the claim.',
  remedy: 'Require the claim.',
  sources: ['AWS: ForAllValues and …IfExists pass without the key', 'configure-aws-credentials#690'],
  needs: [],
  find: (reading) =>
    reading.bound.filter(isSkippable).map(({ rule, at, path }) => ({
      path: [...path, 'whenAbsent'],
      message: `A token without ${rule.path} is accepted.`,
      fix: fixOf(reading, `Require ${rule.path}`, withRule(at, { ...rule, whenAbsent: 'refuse' })),
    })),
})

/** Claims that tell callers apart or limit them, as far as they are known. */
function isSkippable({ rule, claim, isRequired }: BoundClaim): boolean {
  if (isRequired) return false
  if (rule.path === 'sub' || rule.path === 'aud' || rule.path === 'iss') return true
  return claim !== null && ['id', 'name', 'gate'].includes(claim.class)
}
