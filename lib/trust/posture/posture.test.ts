import { describe, expect, test } from 'vitest'
import { acceptsToken } from '../analysis/judge-claims'
import type { RuleCases } from './cases'
import { type Finding, isNoData } from './finding'
import { postureOf } from './posture'
import { readingOf } from './reading'
import { postureRules } from './rules'
import type { PostureSubject } from './subject'

const modules = import.meta.glob<Record<string, RuleCases>>('./rules/*.cases.ts', { eager: true })
const cases = Object.values(modules).flatMap((module) => Object.values(module))

describe.each(postureRules)('$id: $title', (rule) => {
  const own = cases.find((one) => one.rule === rule.id)
  const findings = (subject: PostureSubject) => postureOf(subject).findings.filter((found) => found.rule === rule.id)

  test('has a trust that raises it, and two neighbours that do not', () => {
    expect(own?.raises.length).toBeGreaterThanOrEqual(1)
    expect(own?.silent.length).toBeGreaterThanOrEqual(2)
  })

  test('has a fix, or says why not', () => {
    const isFixed = own?.raises.some(({ subject }) => findings(subject).some(({ fix }) => fix)) ?? false
    expect(isFixed).toBe(own?.withoutFix === undefined)
  })

  test.each(own?.raises ?? [])('is raised by $title', ({ subject, path, severity, says, hasNoFix }) => {
    const [found] = findings(subject)
    expect(found).toBeDefined()
    if (path) expect(found?.path).toEqual(path)
    expect(found?.severity).toBe(severity ?? rule.severity)
    if (says) expect(`${found?.message} ${found?.witness}`).toContain(says)
    if (hasNoFix) expect(found?.fix).toBeUndefined()
  })

  test.each(own?.silent ?? [])('is not raised by $title', ({ subject, isUnknown = false }) => {
    expect(findings(subject)).toEqual([])
    expect(isNoData(rule.find(readingOf(subject)))).toBe(isUnknown)
  })

  test.each(own?.raises ?? [])('fixes of $title remove it, accept the sample and raise nothing new', ({ subject }) => {
    const before = new Set(postureOf(subject).findings.map((found) => found.rule))
    const fixed = withAllFixes(subject, findings)
    if (!fixed) return
    expect(findings(fixed).filter(({ fix }) => fix)).toEqual([])
    expect(findings(fixed).length).toBeLessThan(findings(subject).length)
    expect(postureOf(fixed).findings.filter((found) => !before.has(found.rule))).toEqual([])
    if (subject.sample && acceptsToken(subject.policy, subject.sample)) {
      expect(acceptsToken(fixed.policy, subject.sample)).toBe(true)
    }
  })
})

test('every file of the folder is a registered rule, in order, or the cases of one', () => {
  const ids = postureRules.map(({ id }) => id)
  const files = Object.keys(import.meta.glob('./rules/*.ts')).map((file) => file.replace('./rules/', ''))
  const expected = ids.flatMap((id) => [`${id.toLowerCase()}.cases.ts`, `${id.toLowerCase()}.ts`])
  expect(files.filter((file) => file !== 'index.ts').sort()).toEqual(expected)
  expect(cases.map(({ rule }) => rule).sort()).toEqual(ids)
})

/** The subject after one fix after the other; null when its first finding has none. */
function withAllFixes(
  subject: PostureSubject,
  findings: (subject: PostureSubject) => Finding[],
): PostureSubject | null {
  let fixed = subject
  for (let count = 0; count < 25; count++) {
    const fix = findings(fixed).find((found) => found.fix)?.fix
    if (!fix) return count === 0 ? null : fixed
    fixed = { ...fixed, policy: fix.apply(fixed.policy) }
  }
  throw new Error('the fixes of a rule come to no end')
}
