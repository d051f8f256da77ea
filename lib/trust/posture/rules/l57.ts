import { bindClaims } from '../bind'
import { exactRule } from '../exact-rule'
import type { Fix } from '../finding'
import { fixOf, withRules } from '../fix'
import { boundTo, isExact, type Reading } from '../reading'
import { definePostureRule } from '../rule'

const loginsMin = 30

export const l57 = definePostureRule({
  id: 'L57',
  severity: 'medium',
  title: 'The rules are looser than their use',
  why: 'In all recorded logins a claim had one value, and the rules accept every other as well. What is not used can be closed without a job noticing.',
  opens: 'The identity, to values of the claim that no job of yours has.',
  remedy: 'Bind the claim to the value that is used.',
  sources: ['AWS IAM Access Analyzer: unused access'],
  needs: ['preset', 'seen'],
  find(reading) {
    const { preset, seen } = reading
    if (!seen.claims) return { noData: 'claims of recorded logins' }
    if (seen.accepted < loginsMin) return []
    const recommended = new Set(preset.ruleSets.slice(0, 1).flatMap(({ rules }) => rules.map(({ path }) => path)))
    return [...recommended].flatMap((path) => {
      const values = Object.hasOwn(seen.claims ?? {}, path) ? seen.claims?.[path] : undefined
      const [only, ...more] = values?.values ?? []
      if (only === undefined || more.length > 0 || !values?.isComplete || boundTo(reading, path).some(isExact))
        return []
      const message = `${path} was ${JSON.stringify(only)} in all ${seen.accepted} logins, and any value is accepted.`
      return [{ path: boundTo(reading, path)[0]?.path ?? ['rules'], message, fix: bound(reading, path, only) }]
    })
  },
})

const bound = (reading: Reading, path: string, value: string): Fix | undefined =>
  bindClaims(reading, [path]) ??
  (reading.sample
    ? undefined
    : fixOf(reading, `Bind ${path} to ${value}`, withRules(exactRule(reading.policy, path, [value]))))
