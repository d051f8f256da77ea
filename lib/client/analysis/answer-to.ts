import { analysis } from '@/lib/model/analysis-answer'
import { relationTo } from '@/lib/model/change-judgement'
import { comparison } from '@/lib/model/comparison-answer'
import type { AnalysisAnswer } from '@/lib/model/posture'
import { proposalAnswers } from '@/lib/model/proposal-answers'
import { recognition } from '@/lib/model/recognition-answer'
import { setUpGuide } from '@/lib/model/set-up-guide'
import { likelyCauses } from '@/lib/trust/analysis/likely-causes'
import { type Posture, postureOf } from '@/lib/trust/posture/posture'
import { presetOfTrust } from '@/lib/trust/posture/preset-of-trust'
import type { JudgedPolicy, PostureSubject } from '@/lib/trust/posture/subject'
import { withNarrowingFixes } from './narrowing'
import type { AnalysisContext, Asked, Questions, Review } from './questions'
import { nearestOf, nextPage } from './rule-pages'

/** Answers a question of a page. */
export function answerTo(asked: Asked): Questions[Asked['name']]['answer'] {
  switch (asked.name) {
    case 'analyse': {
      const { policy, ...context } = asked.input
      return judged(policy, context).analysis
    }
    case 'review':
      return review(asked.input)
    case 'propose': {
      const { policy, tokens, now } = asked.input
      return proposalAnswers(policy, tokens, now)
    }
    case 'causes':
      return likelyCauses(asked.input.policy, asked.input.claims)
    case 'guide':
      return setUpGuide(asked.input)
    case 'tokenRequests':
      return presetOfTrust(asked.input.policy)?.tokenRequest ?? []
    case 'nextRules':
      return nextPage(asked.input.page)
    case 'nearest': {
      const { pages, claims, count } = asked.input
      return nearestOf(pages, claims, count)
    }
    case 'recognise':
      return recognition(asked.input.claims)
  }
}

type Judged = { policy: JudgedPolicy; posture: Posture; analysis: AnalysisAnswer }

function judged(policy: JudgedPolicy, context: AnalysisContext): Judged {
  const subject: PostureSubject = { policy, preset: presetOfTrust(policy, context.sample), ...context }
  const posture = postureOf(subject)
  return { policy, posture, analysis: withNarrowingFixes(policy, analysis(subject, [], posture)) }
}

function review({ before, after, inForce = null, ...context }: Questions['review']['input']): Review {
  const [old, now] = [before && judged(before, context), judged(after, context)]
  const found = ({ policy, posture: { findings } }: Judged) => ({ policy, findings })
  return {
    comparison: old && comparison(found(old), found(now)),
    relation: relationTo(before?.enabled ? before : inForce, after),
    before: old?.analysis ?? null,
    after: now.analysis,
  }
}
