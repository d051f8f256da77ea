import type { TrustPolicy } from '../policy'

/** From worst to least. */
export const severities = ['critical', 'high', 'medium', 'low', 'info'] as const
export type Severity = (typeof severities)[number]

/** Stable id of a rule, public: `L01`. */
export type RuleId = `L${number}`

/** Place in a draft, outermost first, as paths of field issues: `['rules', 0, 'matcher', 'values', 2]`. */
export type Path = (string | number)[]

/** An edit of a draft that removes a finding and changes nothing else. Pure. */
export type Fix = { label: string; apply<Draft extends TrustPolicy>(draft: Draft): Draft }

/** One weakness of a trust. Texts are plain: no markup, no secret. */
export type Finding = {
  rule: RuleId
  severity: Severity
  path: Path
  /** What is wrong and with which value, in a sentence or two. */
  message: string
  /** A concrete value or token that is accepted, or the recorded value that proves the finding. */
  witness?: string
  /** What an attacker gains, or an operator loses. */
  opens: string
  fix?: Fix
}

/** A finding as a rule reports it: severity and `opens` are the rule's unless it says otherwise. */
export type Found = Omit<Finding, 'rule' | 'severity' | 'opens'> & Partial<Pick<Finding, 'severity' | 'opens'>>

/** Answer of a rule that cannot judge: the missing data, as the end of "No data yet: …". */
export type NoData = { noData: string }

export const isNoData = (answer: readonly Found[] | NoData): answer is NoData => 'noData' in answer

/** Maximum number of findings of one rule, in the order of the trust. */
export const findingsPerRuleMax = 20
