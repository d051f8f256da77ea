import { isPinned } from '../../analysis/fact-reach'
import type { Preset } from '../../presets/preset'
import { type Admission, admissionOf, pins, type RuleAdmission } from '../admission'
import { fixOf, withoutRule } from '../fix'
import { identityFactsOf } from '../identity'
import type { Reading } from '../reading'
import { definePostureRule } from '../rule'

export const l30 = definePostureRule({
  id: 'L30',
  severity: 'medium',
  title: 'A value that changes with every run is bound',
  why: 'Ids of runs, commits, pods and tokens are different in the next token. The trust accepts one run and no other, and is then widened in a hurry.',
  opens: 'No login after the first; and a hasty wildcard later.',
  remedy: 'Bind the id of the repository, project or account, which stays.',
  sources: ['fulcio#1257: the subject of Bitbucket holds the step’s id'],
  needs: ['preset'],
  find: (reading) => [
    ...reading.bound
      .filter(
        ({ claim, isRequired, allowed }) =>
          claim?.class === 'ephemeral' && isRequired && allowed.some(({ kind }) => kind === 'exact'),
      )
      .map(({ path, at, rule }) => ({
        path,
        message: `${rule.path} differs in each run.`,
        fix: isBoundWithout(reading, at) ? fixOf(reading, 'Remove the rule', withoutRule(at)) : undefined,
      })),
    ...admissionOf(reading).rules.flatMap((rule) => inSubject(rule, reading.preset)),
  ],
})

function isBoundWithout(reading: Reading, at: number): boolean {
  const { preset } = reading
  if (!preset) return false
  const admission = admissionOf(reading)
  const rest: Admission = { ...admission, rules: admission.rules.filter(({ bound }) => bound.at !== at) }
  return pins(rest, identityFactsOf(preset).ids) || reading.bound.some(({ rule }) => rule.path === 'sub')
}

function inSubject({ bound, branches }: RuleAdmission, preset: Preset) {
  if (bound.rule.path !== 'sub') return []
  const found = branches.find(({ facts }) =>
    Object.entries(facts).some(([name, reach]) => preset.facts[name]?.class === 'ephemeral' && isPinned(reach)),
  )
  return found
    ? [{ path: found.path, message: `${JSON.stringify(found.text)} holds a value that differs in each run.` }]
    : []
}
