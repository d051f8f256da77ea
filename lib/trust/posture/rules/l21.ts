import type { Dead } from '../../analysis/deadness'
import { deadRules } from '../dead-rules'
import { exactMatcher } from '../exact-rule'
import type { Fix } from '../finding'
import { fixOf, withRule } from '../fix'
import type { BoundClaim, Reading } from '../reading'
import { definePostureRule } from '../rule'
import { isTypeFault } from '../type-fault'

export const l21 = definePostureRule({
  id: 'L21',
  severity: 'high',
  title: 'A claim is compared as another type, or at another address, than the issuer sends it',
  why: 'A comparison with the wrong type never succeeds: the trust refuses every token, or the rule is taken out to make it work. The same goes for a nested claim whose name holds dots and is read as steps.',
  opens: 'No login; and a rule that is removed because it "does not work".',
  remedy: 'Compare the claim as it is sent, at the address under which a token has it.',
  sources: [
    'GitHub and GitLab send `ref_protected` as the text "true"',
    'Buildkite’s ignored claims',
    'Infisical `parseInt`',
  ],
  needs: ['preset'],
  find: (reading) =>
    reading.bound.flatMap((bound) => {
      const dead = deadRules(reading).get(bound.at)
      if (!dead || !isTypeFault(dead, bound)) return []
      const isMisplaced = dead.why === 'not-sent'
      const path = [...bound.path, isMisplaced ? 'path' : 'matcher']
      return [{ path, message: dead.message, fix: isMisplaced ? moved(dead, bound, reading) : asText(bound, reading) }]
    }),
})

const moved = ({ didYouMean }: Dead, { at, rule }: BoundClaim, reading: Reading): Fix | undefined =>
  didYouMean === undefined
    ? undefined
    : fixOf(reading, `Compare ${didYouMean}`, withRule(at, { ...rule, path: didYouMean }))

/** Numbers and booleans are compared by their text. */
function asText({ rule, at, claim }: BoundClaim, reading: Reading): Fix | undefined {
  const { matcher } = rule
  if (matcher.kind !== 'subset-of' || matcher.values.length === 0 || claim?.type === 'object') return undefined
  return fixOf(
    reading,
    'Compare it as text',
    withRule(at, { ...rule, matcher: exactMatcher(reading.policy, matcher.values) }),
  )
}
