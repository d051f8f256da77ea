import { admissionOf, pins } from '../admission'
import { bindIdentity } from '../bind'
import { identityFactsOf } from '../identity'
import type { BoundClaim, Reading } from '../reading'
import { definePostureRule } from '../rule'

export const l15 = definePostureRule({
  id: 'L15',
  severity: 'high',
  title: 'Only what the user chooses is bound',
  why: 'The person who starts a job decides these values: their own name, a branch, a tag on an agent, a free field of the request. A name is no proof that the job is the right one, and it can be copied or set.',
  opens: 'The identity, to everyone who can set the same value, and to every job of that person.',
  remedy: 'Bind the id of the repository, project or workload, and keep the other rule as an additional limit.',
  sources: [
    'Unit 42: user-controllable parts of subjects',
    'zizmor: conditions on the actor can be spoofed',
    'AWS: never authorise on request_tags',
  ],
  needs: [],
  find(reading) {
    const admission = admissionOf(reading)
    const rules = reading.bound.filter(({ rule, isRequired }) => isRequired && !['aud', 'iss'].includes(rule.path))
    if (admission.isDead || rules.length === 0 || !rules.every((one) => isChosen(one, reading))) return []
    const names = [...new Set(rules.map(({ rule }) => rule.path))]
    const message = `The trust is limited by ${names.slice(0, 5).join(', ')} alone, which the person who starts the job decides.`
    return [{ path: rules[0]?.path ?? ['rules'], message, fix: bindIdentity(reading) }]
  },
})

/** Claims about persons, where no preset says more. */
const personal = new Set(
  `actor actor_id user_login user_email user_id email preferred_username upn username unique_name name nickname`.split(
    ' ',
  ),
)

function isChosen({ claim, rule }: BoundClaim, reading: Reading): boolean {
  const { preset } = reading
  if (rule.path === 'sub') {
    if (!preset) return false
    const admission = admissionOf(reading)
    const subjects = admission.rules.filter(({ bound }) => bound.rule.path === 'sub')
    const { naming } = identityFactsOf(preset)
    const isNaming = pins({ ...admission, rules: subjects }, naming)
    return (
      subjects.length > 0 &&
      !isNaming &&
      subjects.every(({ branches }) => branches.every(({ isExact }) => isExact) && branches.length > 0)
    )
  }
  return claim ? claim.class === 'user' : personal.has(rule.path)
}
