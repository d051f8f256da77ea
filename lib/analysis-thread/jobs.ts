import { analysis } from '@/lib/model/analysis-answer'
import { type ChangeJudgement, changeJudgement, type LastInForce } from '@/lib/model/change-judgement'
import { comparison } from '@/lib/model/comparison-answer'
import type { AnalysisAnswer, ComparisonAnswer, MuteAnswer, RecognitionAnswer } from '@/lib/model/posture'
import { recognition } from '@/lib/model/recognition-answer'
import { type Summary, summary } from '@/lib/model/summary'
import { type LikelyCauses, likelyCauses } from '@/lib/trust/analysis/likely-causes'
import type { JsonObject } from '@/lib/trust/json/json'
import type { TrustPolicy } from '@/lib/trust/policy'
import { findingsOf } from '@/lib/trust/posture/posture'
import { presetOfTrust } from '@/lib/trust/posture/preset-of-trust'
import type { PostureSubject } from '@/lib/trust/posture/subject'

/** A subject without its preset, which is found in the thread. */
export type ThreadSubject = Omit<PostureSubject, 'preset'>

type Change = { before: ThreadSubject | null; after: ThreadSubject; lastInForce: LastInForce }

/** Work that takes up to some hundred milliseconds for what a stranger can write. Inputs and outputs are plain data. */
export const jobs = {
  analyse: ({ subject, mutes = [] }: { subject: ThreadSubject; mutes?: MuteAnswer[] }): AnalysisAnswer =>
    analysis(withPreset(subject), mutes),
  compare: ({ before, after }: { before: ThreadSubject; after: ThreadSubject }): ComparisonAnswer =>
    comparison(foundIn(before), foundIn(after)),
  change: ({ before, after, lastInForce }: Change): ChangeJudgement =>
    changeJudgement(before && foundIn(before), foundIn(after), lastInForce),
  explain: ({
    policy,
    claims,
  }: {
    policy: Pick<TrustPolicy, 'issuer' | 'rules'>
    claims: JsonObject
  }): Explanation => ({
    recognition: recognition(claims),
    causes: likelyCauses(policy, claims),
  }),
  recognise: ({ claims }: { claims: JsonObject }): RecognitionAnswer => recognition(claims),
  summarise: ({ subjects, withStories }: { subjects: ThreadSubject[]; withStories: boolean }): Summary[] =>
    subjects.map((subject) => summary(withPreset(subject), withStories)),
}

/** What is known of a token, and why a trust refuses it. */
type Explanation = { recognition: RecognitionAnswer; causes: LikelyCauses[] }

export type Jobs = typeof jobs
export type JobName = keyof Jobs
export type InputOf<Name extends JobName> = Parameters<Jobs[Name]>[0]
export type OutputOf<Name extends JobName> = ReturnType<Jobs[Name]>

/** A job as it is sent to the thread, and what comes back. */
export type Sent = { [Name in JobName]: { name: Name; input: InputOf<Name> } }[JobName]
export type Answered = { output: OutputOf<JobName> } | { failure: string }

export function runSent(sent: Sent): OutputOf<JobName> {
  const run = jobs[sent.name] as (input: Sent['input']) => OutputOf<JobName>
  return run(sent.input)
}

const withPreset = (subject: ThreadSubject): PostureSubject => ({
  ...subject,
  preset: presetOfTrust(subject.policy, subject.sample),
})

function foundIn(subject: ThreadSubject) {
  return { policy: subject.policy, findings: findingsOf(withPreset(subject)) }
}
