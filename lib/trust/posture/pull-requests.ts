import { strangers } from '../analysis/strangers'
import { claimMatches } from '../matchers'
import type { Preset } from '../presets/preset'
import { admissionOf } from './admission'
import { branchLimitsContext, limitsContext } from './context'
import type { Path } from './finding'
import { boundTo, type Reading } from './reading'

/** Values with which platforms mark runs for unmerged code. */
const isPullRequest = (text: string): boolean =>
  /(?:^|[:_/])(?:external_)?(?:pull|merge)[_-]?requests?(?:$|[:_/])|^pr$/i.test(text)

/** `pull_request_target` and the like run the target’s workflow, with its subject. */
const runsTarget = (text: string): boolean => /_target$/i.test(text)

type Admitted = { path: Path; witness: string }

/** A value by which the rules admit runs for pull or merge requests: its place, and the text. Null = none is admitted. */
export function admittedPullRequest(reading: Reading): Admitted | null {
  const admission = admissionOf(reading)
  const { preset } = reading
  if (!preset || admission.isDead) return null
  const usual = preset.claims
    .flatMap(({ values = [] }) => values)
    .find((value) => isPullRequest(value) && !runsTarget(value))
  if (admission.rules.length === 0) return null
  if (usual === undefined) return forkStory(reading, preset)
  // Values that the rules name decide, whatever the subject.
  const listed = namedTriggers(reading)
  if (listed) return listed
  const isLimited = admission.rules.some((rule) => rule.bound.rule.path !== 'sub' && limitsContext(rule, preset))
  return isLimited || limitsTrigger(reading) ? null : inSubject(reading, preset, usual)
}

function triggerPath({ preset }: Reading): string | null {
  return preset?.triggerClaim ?? preset?.claims.find(({ values }) => values?.some(isPullRequest))?.path ?? null
}

function namedTriggers(reading: Reading): Admitted | null {
  const path = triggerPath(reading)
  const claim = reading.preset?.claims.find((one) => one.path === path)
  if (path === null) return null
  const rules = boundTo(reading, path).filter(({ isRequired }) => isRequired)
  const values = claim?.values?.filter(isPullRequest) ?? []
  const witness = values.find((value) => rules.every(({ rule }) => claimMatches(rule.matcher, value)))
  if (rules.length === 0 || witness === undefined) return null
  const allowed = rules.flatMap((rule) => rule.allowed)
  const exact = allowed.find(({ text }) => text === witness)
  return { path: exact?.path ?? rules[0]?.path ?? ['rules'], witness }
}

/** Whether a rule on what started the job excludes all pull requests. */
function limitsTrigger(reading: Reading): boolean {
  const path = triggerPath(reading)
  return path !== null && boundTo(reading, path).some(({ isRequired }) => isRequired)
}

/** A value of the subject that fits the form for pull requests, or leaves open under which circumstances a job runs. */
function inSubject(reading: Reading, preset: Preset, usual: string): Admitted | null {
  const subjects = admissionOf(reading).rules.filter(({ bound }) => bound.rule.path === 'sub')
  for (const { bound, branches } of subjects) {
    for (const branch of branches) {
      const format = preset.subjects.find(({ id }) => id === branch.form.id)
      const fixed = branch.form.template.replace(/\{[^}]*\}/g, '')
      const events = Object.values(format?.when ?? {}).flat()
      if (isPullRequest(fixed) || events.some(isPullRequest)) return { path: branch.path, witness: branch.example }
      if (!branchLimitsContext(branch, bound, preset)) return { path: branch.path, witness: usual }
    }
  }
  return subjects.length > 0 ? null : { path: ['rules'], witness: usual }
}

/** A platform that marks no run as a pull request tells forks by other claims: its story of a fork decides. */
function forkStory({ policy }: Reading, preset: Preset): Admitted | null {
  if (!preset.stories.some(({ id }) => isFork(id))) return null
  const judged = strangers(policy, preset)
  if (judged.state !== 'judged') return null
  const fork = judged.strangers.find(({ story, admitted }) => admitted && isFork(story.id))
  return fork ? { path: ['rules'], witness: fork.story.title } : null
}

const isFork = (id: string) => /(?:^|-)fork(?:-|$)/.test(id)
