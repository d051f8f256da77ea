import { isPinned } from '../../analysis/fact-reach'
import type { Preset } from '../../presets/preset'
import { type Admission, admissionOf, type Branch, branchPins, isLimited, pins, tooMuch } from '../admission'
import { bindFix } from '../bind'
import { branchLimitsContext, limitsContext } from '../context'
import type { Found } from '../finding'
import { type IdentityFacts, identityFactsOf } from '../identity'
import { isSharedIssuer } from '../issuer'
import { bindsPinnedSet } from '../pinned-set'
import type { Reading } from '../reading'
import { definePostureRule } from '../rule'

export const l13 = definePostureRule({
  id: 'L13',
  severity: 'high',
  title: 'Every branch, pull request or workload of an owner may log in',
  why: 'A rule that stops at the repository accepts each of its branches, tags and pull requests; one that stops at the owner accepts each repository, experiments and forks included. Everyone who can push anywhere there can then use the identity. Several manuals show this pattern as the good example; Keybound is stricter.',
  opens: 'The identity, to everyone with write access to the repository, or to any repository of the owner.',
  remedy: 'Bind a protected branch, an environment with rules of its own, or the workflow file at its reference.',
  sources: [
    'sjramblings, February 2026',
    'Datadog’s and checkov’s own good examples are repo:owner/name:*',
    'AWS support proposed it as the cure (moj#3909)',
  ],
  needs: ['preset'],
  find(reading) {
    const { preset } = reading
    const admission = admissionOf(reading)
    if (admission.isDead) return []
    if (admission.rules.some(({ unknown }) => unknown.length > 0)) return tooMuch
    const sets = identityFactsOf(preset)
    const workloads = families.has(preset.family) ? openWorkloads(reading, preset, sets) : []
    return isPipeline(preset) ? [...workloads, ...openContext(reading, preset, sets)] : workloads
  },
})

/** Platforms of which one customer has many workloads, which do not belong to one team. */
const families: ReadonlySet<Preset['family']> = new Set(['ci', 'deployment', 'cloud', 'workload', 'agent'])
const isPipeline = ({ family }: Preset) => family === 'ci' || family === 'deployment'

/** Whether the rules together, with one value of a rule, leave one workload. */
const leavesOne = (admission: Admission, { leaf }: IdentityFacts, branch?: Branch): boolean =>
  leaf.some((list) => list.every((names) => pins(admission, names) || (branch && branchPins(branch, names))))

/** Whether they leave one customer. */
const leavesTenant = (admission: Admission, { tenantOrId }: IdentityFacts, branch?: Branch): boolean =>
  pins(admission, tenantOrId, isLimited) || (branch !== undefined && branchPins(branch, tenantOrId, isLimited))

/** Values that name an owner and leave its workloads open. */
function openWorkloads(reading: Reading, preset: Preset, sets: IdentityFacts): Found[] {
  const admission = admissionOf(reading)
  const isTenantLeft = leavesTenant(admission, sets)
  if (sets.leaf.length === 0 || admission.rules.length === 0) return []
  if (leavesOne(admission, sets) || bindsPinnedSet(reading) || (isTenantLeft && hasExactFile(admission))) return []
  const workloads = new Set(sets.leaf.flatMap((list) => list.flatMap((names) => [...names])))
  for (const branch of admission.rules.flatMap(({ branches }) => branches)) {
    const isNaming = Object.keys(branch.facts).some((name) => sets.naming.has(name))
    if (!isNaming || leavesOne(admission, sets, branch) || !leavesTenant(admission, sets, branch)) continue
    const open = Object.entries(branch.facts).find(([name, reach]) => workloads.has(name) && !isPinned(reach))?.[1]
    const witness = open && !isPinned(open) ? { witness: open.open } : {}
    const message = `${JSON.stringify(branch.text)} admits every ${workloadIn(preset, workloads)} of the owner.`
    return [{ path: branch.path, message, ...witness, fix: bindFix(reading) }]
  }
  // Without an owner, a shared issuer is what L02 is about.
  if (isTenantLeft || isSharedIssuer(reading)) return []
  const message = `The rules admit every ${workloadIn(preset, workloads)} of the issuer that satisfies them.`
  return [{ path: admission.rules[0]?.bound.path ?? ['rules'], message, fix: bindFix(reading) }]
}

function workloadIn({ facts }: Preset, workloads: ReadonlySet<string>): string {
  const named = [...workloads].findLast((name) => facts[name]?.class === 'name') ?? [...workloads].at(-1)
  return facts[named ?? '']?.title.toLowerCase() ?? 'workload'
}

/** A workflow or pipeline file that is bound letter for letter says what runs, whichever repository calls it. */
const hasExactFile = ({ rules }: Admission) =>
  rules.some(({ bound: { claim }, branches }) => {
    const isFile = claim?.role === 'workload' && claim.class === 'name' && claim.id === undefined
    return isFile && /@/.test(claim.from ?? '') && branches.length > 0 && branches.every(({ isExact }) => isExact)
  })

/** Values that name a workload and leave open under which circumstances it runs. */
function openContext(reading: Reading, preset: Preset, sets: IdentityFacts): Found[] {
  const admission = admissionOf(reading)
  const { rules } = admission
  // A plan in the place of an apply is what L58 is about.
  const hasPhases = preset.claims.some(({ from }) => from === '{phase}')
  if (sets.context.size === 0 || hasPhases || rules.some((rule) => limitsContext(rule, preset))) return []
  const subjects = rules.filter(({ bound }) => bound.rule.path === 'sub')
  for (const { bound, branches } of subjects) {
    const open = branches.find(
      (branch) =>
        !branchLimitsContext(branch, bound, preset) &&
        leavesOne(admission, sets, branch) &&
        leavesTenant(admission, sets, branch),
    )
    if (!open) continue
    const message = `${JSON.stringify(open.text)} leaves open under which circumstances the job runs.`
    return [{ path: open.path, message, witness: open.example, fix: bindFix(reading) }]
  }
  if (subjects.length > 0 || !leavesOne(admission, sets)) return []
  const message = 'The rules name a workload, and leave open under which circumstances its jobs run.'
  const naming = rules.find(({ branches }) =>
    branches.some(({ facts }) => Object.keys(facts).some((name) => sets.ids.has(name))),
  )
  return [{ path: (naming ?? rules[0])?.bound.path ?? ['rules'], message, fix: bindFix(reading) }]
}
