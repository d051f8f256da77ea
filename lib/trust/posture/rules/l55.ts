import { findClaim, stringsOf } from '../../claims'
import { quoteAll } from '../../matchers/quote-all'
import { exactMatcher } from '../exact-rule'
import type { Fix, Found, Path } from '../finding'
import { fixOf, withRule } from '../fix'
import { placeholderIn } from '../placeholder'
import type { BoundClaim, Reading } from '../reading'
import { definePostureRule } from '../rule'

export const l55 = definePostureRule({
  id: 'L55',
  severity: 'high',
  title: 'A value is still a placeholder',
  why: 'About a third of the policy documents in public repositories hold a name of the manual they were copied from. Such a value lets no job in, or, where the name can be registered, the jobs of the person who registers it.',
  opens: 'The identity, to the owner of the placeholder’s name.',
  remedy: 'Put your own organization, repository, project or account in its place.',
  sources: ['Public policy documents', 'GitHub’s documentation uses octo-org and octo-repo'],
  needs: [],
  find(reading) {
    const { issuer, keys } = reading.policy
    const texts = [
      ...(issuer === null || reading.issuerPath.length > 1 ? [] : [{ path: ['issuer'], text: issuer }]),
      ...keys.flatMap((source, at) => ('url' in source ? [{ path: ['keys', at, 'url'], text: source.url }] : [])),
    ]
    const inRules = reading.bound.flatMap((bound) =>
      placeholdersIn([...bound.allowed, ...bound.denied]).map((found) => ({
        ...found,
        fix: fromSample(bound, reading),
      })),
    )
    return [...placeholdersIn(texts), ...inRules]
  },
})

const placeholdersIn = (places: readonly { path: Path; text: string }[]): Found[] =>
  places.flatMap(({ path, text }) => {
    const placeholder = placeholderIn(text)
    return placeholder === null ? [] : [{ path, message: `${JSON.stringify(placeholder)} is a placeholder.` }]
  })

/** Replaces the values of a rule by what the sample token says. */
function fromSample({ rule, at }: BoundClaim, reading: Reading): Fix | undefined {
  const own = reading.sample ? stringsOf(findClaim(reading.sample, rule.path) ?? null) : []
  if (own.length === 0) return undefined
  const matcher = exactMatcher(reading.policy, own)
  return fixOf(reading, `Take ${quoteAll(own)} from the sample token`, withRule(at, { ...rule, matcher }))
}
