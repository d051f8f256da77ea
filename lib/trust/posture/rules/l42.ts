import { isPinned } from '../../analysis/fact-reach'
import type { Preset } from '../../presets/preset'
import { admissionOf, type RuleAdmission } from '../admission'
import { bindClaims } from '../bind'
import { limitsContext } from '../context'
import { boundTo } from '../reading'
import { definePostureRule } from '../rule'

export const l42 = definePostureRule({
  id: 'L42',
  severity: 'medium',
  title: 'Several triggers share the subject',
  why: 'A push, a schedule, a comment and a run by hand on the default branch have one subject. Some of them can be started by people who cannot push.',
  opens: 'The identity, to everyone who can start one of the other triggers.',
  remedy: 'Bind the event, or the workflow file at its reference.',
  sources: ['liatrio#824'],
  needs: ['preset'],
  find(reading) {
    const { preset, access } = reading
    const trigger = preset.triggerClaim
    const admission = admissionOf(reading)
    if (trigger === undefined || admission.isDead || boundTo(reading, trigger).length > 0) return []
    const naming = admission.rules.find((rule) => namesReference(rule, preset) && limitsContext(rule, preset))
    if (!naming || admission.rules.some((rule) => namesFile(rule) || namesGate(rule, preset))) return []
    const message = `${trigger} is not bound: every trigger of the branch is accepted.`
    const severity = access === 'write' ? ('high' as const) : ('medium' as const)
    return [
      { path: naming.branches[0]?.path ?? naming.bound.path, severity, message, fix: bindClaims(reading, [trigger]) },
    ]
  },
})

/** Whether a rule pins a branch or tag, which those who push choose. */
const namesReference = ({ branches }: RuleAdmission, { facts }: Preset) =>
  branches.some((branch) =>
    Object.entries(branch.facts).some(([name, reach]) => facts[name]?.class === 'user' && isPinned(reach)),
  )

/** Whether a rule pins a workflow file, or another workload that has no id of its own. */
const namesFile = ({ bound: { claim }, branches }: RuleAdmission) =>
  claim?.role === 'workload' &&
  claim.class === 'name' &&
  claim.id === undefined &&
  branches.every(({ isExact }) => isExact)

/** Whether a rule pins an environment, whose own rules decide which runs it takes. */
const namesGate = ({ branches }: RuleAdmission, { facts }: Preset) =>
  branches.length > 0 &&
  branches.every((branch) =>
    Object.entries(branch.facts).some(
      ([name, reach]) => facts[name]?.usuallyAbsent && facts[name]?.class === 'gate' && isPinned(reach),
    ),
  )
