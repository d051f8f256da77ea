import { type Finding, findingsPerRuleMax, isNoData, type RuleId, type Severity, severities } from './finding'
import { readingOf } from './reading'
import type { PostureRule } from './rule'
import { postureRules } from './rules'
import type { PostureSubject } from './subject'

export type Posture = {
  /** Worst first, then by id of the rule, then in the order of the trust. */
  findings: Finding[]
  /** Rules that could not judge, with what they lack. */
  noData: { rule: RuleId; missing: string }[]
}

/** Judges a trust by every rule. */
export function postureOf(subject: PostureSubject, rules: readonly PostureRule[] = postureRules): Posture {
  const reading = readingOf(subject)
  const answers = rules.map((rule) => ({ rule, answer: rule.find(reading) }))
  const findings = answers.flatMap(({ rule, answer }) =>
    isNoData(answer)
      ? []
      : answer
          .slice(0, findingsPerRuleMax)
          .map((found): Finding => ({ rule: rule.id, severity: rule.severity, opens: rule.opens, ...found })),
  )
  return {
    findings: findings.sort((a, b) => rank(a.severity) - rank(b.severity) || compareIds(a.rule, b.rule)),
    noData: answers.flatMap(({ rule, answer }) =>
      isNoData(answer) ? [{ rule: rule.id, missing: answer.noData }] : [],
    ),
  }
}

/** The findings of `postureOf`. */
export const findingsOf = (subject: PostureSubject): Finding[] => postureOf(subject).findings

/** The worst severity; null where there is no finding. */
export const worstOf = (findings: readonly Pick<Finding, 'severity'>[]): Severity | null =>
  severities.find((severity) => findings.some((finding) => finding.severity === severity)) ?? null

/** Findings for which a trust is not enabled, unless a person overrides each with a reason. */
export function blockers(findings: readonly Finding[]): Finding[] {
  const blocking = new Set(postureRules.filter(({ blocksEnabling }) => blocksEnabling).map(({ id }) => id))
  return findings.filter(({ rule }) => blocking.has(rule))
}

/** Points that a rule with a finding subtracts, and the maximum score with such a finding. */
const scoring: Record<Severity, { weight: number; ceiling: number }> = {
  critical: { weight: 40, ceiling: 30 },
  high: { weight: 15, ceiling: 70 },
  medium: { weight: 5, ceiling: 90 },
  low: { weight: 2, ceiling: 98 },
  info: { weight: 0, ceiling: 100 },
}

/** From 100 (nothing found) down to 0. A rule counts once, by its worst finding, however many values it is about. */
export function score(findings: readonly Pick<Finding, 'rule' | 'severity'>[]): number {
  const worst = new Map<RuleId, Severity>()
  for (const { rule, severity } of findings) {
    const known = worst.get(rule)
    if (known === undefined || rank(severity) < rank(known)) worst.set(rule, severity)
  }
  const found = [...worst.values()].map((severity) => scoring[severity])
  const rest = found.reduce((left, { weight }) => left - weight, 100)
  return Math.max(0, Math.min(rest, ...found.map(({ ceiling }) => ceiling)))
}

const rank = (severity: Severity) => severities.indexOf(severity)

const compareIds = (a: RuleId, b: RuleId) => Number(a.slice(1)) - Number(b.slice(1))
