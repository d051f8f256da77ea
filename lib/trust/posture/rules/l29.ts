import type { Dead } from '../../analysis/deadness'
import { newWork, type Work } from '../../matchers/glob'
import { contradictedAddress, deadAmong, deadRules } from '../dead-rules'
import { type Found, findingsPerRuleMax } from '../finding'
import { fixOf, withRule, withValue } from '../fix'
import type { BoundClaim, BoundValue, Reading } from '../reading'
import { definePostureRule } from '../rule'
import { isTypeFault } from '../type-fault'

const stepsMax = 100_000

export const l29 = definePostureRule({
  id: 'L29',
  severity: 'medium',
  title: 'A rule lets no token in',
  why: 'The issuer never sends what the rule asks for: a reference is written differently, a wildcard is compared as a character, the claim is one of another issuer, letters differ in case. It is not open: no token passes. But it does not do what its owner thinks, and is widened in a hurry when a job fails.',
  opens: 'Nothing: no token passes. As a pattern it may be too wide (L03, L13).',
  remedy: 'Write the value as tokens of the issuer have it.',
  sources: [
    'opslane#484: .yaml for .yml',
    'Rocket.Chat#41900',
    'Datadog’s GitLab example names another host',
    'AADSTS7002138',
  ],
  needs: [],
  find(reading) {
    const whole = newWork(stepsMax)
    const found: Found[] = []
    for (const bound of reading.bound) {
      if (found.length < findingsPerRuleMax) found.push(...deadIn(bound, reading, whole))
    }
    if (found.length > 0) return found
    const address = contradictedAddress(reading.policy.rules, whole)
    return address === null ? [] : [{ path: ['rules'], message: `No value of ${address} satisfies all rules on it.` }]
  },
})

function deadIn(bound: BoundClaim, reading: Reading, whole: Work): Found[] {
  const { preset } = reading
  const dead = deadRules(reading).get(bound.at)
  if (dead) return isTypeFault(dead, bound) ? [] : wholeRule(dead, bound, reading)
  if (!preset || bound.allowed.length < 2) return []
  return deadAmong(bound.rule, preset, whole)
    .slice(0, findingsPerRuleMax)
    .flatMap(({ at, dead: cause }) => {
      const value = valueAt(bound, at)
      return value ? [oneValue(cause, value, bound, reading)] : []
    })
}

const valueAt = ({ allowed, denied }: BoundClaim, index: number): BoundValue | undefined =>
  [...allowed, ...denied].find(({ path }) => path[4] === index)

/** Findings of a rule of which no value is ever sent: one a value where the reason is known value by value, else one for the rule. */
function wholeRule(dead: Dead, bound: BoundClaim, reading: Reading): Found[] {
  const { at, rule, path, allowed } = bound
  if (dead.why === 'not-sent' && dead.didYouMean !== undefined) {
    const moved = { ...rule, path: dead.didYouMean }
    return [
      {
        path: [...path, 'path'],
        message: dead.message,
        fix: fixOf(reading, `Compare ${dead.didYouMean}`, withRule(at, moved)),
      },
    ]
  }
  const [value] = allowed
  if (allowed.length === 1 && value) return [oneValue(dead, value, bound, reading)]
  return [{ path, message: dead.message }]
}

function oneValue(dead: Dead, { path }: BoundValue, bound: BoundClaim, reading: Reading): Found {
  const meant = dead.didYouMean
  const index = path[4]
  // A wildcard that is compared as a character is left to a person: as a pattern it may admit too much.
  const fix =
    meant === undefined || typeof index !== 'number'
      ? undefined
      : fixOf(reading, `Write ${JSON.stringify(meant)}`, withValue(bound.at, index, meant))
  return { path, message: dead.message, fix }
}
