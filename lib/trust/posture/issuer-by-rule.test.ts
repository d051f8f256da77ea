import { expect, test } from 'vitest'
import { isIssuerTemplate } from '../issuer-template'
import { isPattern } from '../matchers/glob'
import { readIssuer } from '../presets/preset-for'
import { type RuleCases, rule } from './cases'
import { findingsOf } from './posture'
import { sentenceOf } from './sentence'
import type { PostureSubject } from './subject'

const modules = import.meta.glob<Record<string, RuleCases>>('./rules/*.cases.ts', { eager: true })
const subjects = Object.values(modules)
  .flatMap((module) => Object.values(module))
  .flatMap(({ rule, raises, silent }) =>
    [...raises.slice(0, 2), ...silent.slice(0, 1)].map(({ title, subject }) => ({ rule, title, subject })),
  )
  .filter(({ subject }) => hasFieldAlone(subject))

test.each(subjects)('a rule on iss says the same as the issuer of the trust: $rule, $title', ({ subject }) => {
  const moved = withIssuerInRules(subject)
  expect(idsOf(moved)).toEqual(idsOf(subject))
  expect(sentenceOf(moved)).toBe(sentenceOf(subject))
})

const idsOf = (subject: PostureSubject) => [...new Set(findingsOf(subject).map((finding) => finding.rule))].sort()

function withIssuerInRules(subject: PostureSubject): PostureSubject {
  const { policy } = subject
  return { ...subject, policy: { ...policy, issuer: null, rules: [...policy.rules, rule('iss', policy.issuer ?? '')] } }
}

/** Whether the issuer is bound by the field alone, and is one that the preset knows: another one makes the rule, not the trust, dead. */
function hasFieldAlone({ policy, preset }: PostureSubject): boolean {
  if (policy.kind !== 'jwt' || policy.issuer === null || isIssuerTemplate(policy.issuer)) return false
  if (isPattern(policy.issuer) || policy.rules.some(({ path }) => path === 'iss')) return false
  return !preset || readIssuer(preset, policy.issuer) !== null
}
