import { findClaim, stringsOf } from '../../claims'
import { exactMatcher } from '../exact-rule'
import { fixOf, withRule } from '../fix'
import type { BoundClaim, Reading } from '../reading'
import { definePostureRule } from '../rule'

export const l31 = definePostureRule({
  id: 'L31',
  severity: 'medium',
  title: 'Letters differ from the issuer’s in case',
  why: 'The platform takes Acme and acme for one owner, so both look right in its pages. Values are compared letter for letter here, as AWS and Entra compare them.',
  opens: 'No login.',
  remedy: 'Write the value as tokens have it.',
  sources: ['configure-aws-credentials#318', 'PyPI compares without regard to case, AWS and Entra do not'],
  needs: [],
  find(reading) {
    const { sample, seen } = reading
    if (!sample && !seen?.claims) return { noData: 'a token of the job it is for, or recorded logins' }
    return reading.bound.flatMap((bound) => differing(bound, sentValues(bound, reading), reading))
  },
})

function sentValues({ rule }: BoundClaim, { sample, seen }: Reading): string[] {
  const own = sample ? stringsOf(findClaim(sample, rule.path) ?? null) : []
  const recorded = seen?.claims && Object.hasOwn(seen.claims, rule.path) ? seen.claims[rule.path]?.values : undefined
  return [...own, ...(recorded ?? [])]
}

function differing({ allowed, rule, at }: BoundClaim, sent: readonly string[], reading: Reading) {
  const exact = new Set(allowed.map(({ text }) => text))
  return allowed.flatMap(({ path, text, kind }) => {
    const meant = sent.find((value) => value !== text && value.toLowerCase() === text.toLowerCase())
    if (kind !== 'exact' || meant === undefined || exact.has(meant)) return []
    const values = [...exact].map((value) => (value === text ? meant : value))
    const matcher = exactMatcher(reading.policy, values)
    const message = `Tokens say ${JSON.stringify(meant)}, and the rule ${JSON.stringify(text)}.`
    return [
      {
        path,
        message,
        witness: meant,
        fix: fixOf(reading, `Write ${JSON.stringify(meant)}`, withRule(at, { ...rule, matcher })),
      },
    ]
  })
}
