import { expect, test } from 'vitest'
import { sarifFaults } from '@/e2e/fixtures/sarif-schema'
import { of, plain, rule } from './cases'
import type { Finding } from './finding'
import { findingsOf } from './posture'
import { postureRules } from './rules'
import { type LintedTrust, toSarif } from './sarif'

const linted = (findings: readonly Finding[], more: Partial<LintedTrust> = {}): LintedTrust => ({
  name: 'deploy',
  findings: findings.map(({ rule, severity, path, message, witness }) => ({ rule, severity, path, message, witness })),
  ...more,
})

const found = findingsOf(of('github', [rule('sub', 'repo:acme/web:*', '*')]))
const options = { version: '1.2.3', installation: 'https://id.acme.dev' }

test('a log is valid by the schema of SARIF 2.1.0, as JSON', () => {
  const trusts = [
    linted(found),
    linted(found, { name: 'ünïcode "x"', file: { uri: 'policies\\my trust#1.json', place: 'trusts.0' } }),
    linted([]),
  ]
  const log = toSarif(trusts, options)
  expect(sarifFaults(JSON.parse(JSON.stringify(log)))).toBeNull()
  expect(log.runs[0]?.results).toHaveLength(2 * found.length)
})

test('every result leads to its rule, and every rule to its page', () => {
  const [run] = toSarif([linted(found)], options).runs
  for (const { ruleId, ruleIndex = -1 } of run?.results ?? []) {
    expect(run?.tool.driver.rules[ruleIndex]?.id).toBe(ruleId)
  }
  expect(run?.tool.driver.rules.map(({ helpUri }) => helpUri)).toEqual(
    postureRules.map(({ id }) => `https://id.acme.dev/posture/rules/${id}`),
  )
})

test.each([
  ['critical', 'error'],
  ['high', 'error'],
  ['medium', 'warning'],
  ['low', 'note'],
  ['info', 'note'],
] as const)('%s is %s', (severity, level) => {
  const one = { rule: 'L01' as const, severity, path: ['rules'], message: 'x' }
  expect(toSarif([{ name: 'a', findings: [one] }], options).runs[0]?.results[0]?.level).toBe(level)
})

test('an accepted finding is suppressed with its reason, and any other is not', () => {
  const one = { rule: 'L01' as const, severity: 'high' as const, path: [], message: 'x' }
  const log = toSarif([{ name: 'a', findings: [one, { ...one, accepted: 'Until March' }] }], options)
  expect(sarifFaults(JSON.parse(JSON.stringify(log)))).toBeNull()
  expect(log.runs[0]?.results.map(({ suppressions }) => suppressions)).toEqual([
    undefined,
    [{ kind: 'external', justification: 'Until March' }],
  ])
})

test('without an installation no page is named', () => {
  const log = toSarif([linted(findingsOf(plain()))], { version: '1' })
  expect(JSON.stringify(log)).not.toContain('helpUri')
})

test('a finding keeps its fingerprint when its message changes, and has another at another place', () => {
  const one = { rule: 'L55' as const, severity: 'high' as const, path: ['rules', 0], message: 'x' }
  const [first, second, third] =
    toSarif([{ name: 'a', findings: [one, { ...one, message: 'y' }, { ...one, path: ['rules', 1] }] }], options).runs[0]
      ?.results ?? []
  expect(second?.partialFingerprints).toEqual(first?.partialFingerprints)
  expect(third?.partialFingerprints).not.toEqual(first?.partialFingerprints)
})
