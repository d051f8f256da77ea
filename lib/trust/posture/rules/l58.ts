import type { Preset } from '../../presets/preset'
import { admissionOf, valuesOf } from '../admission'
import { exactRule } from '../exact-rule'
import type { Found } from '../finding'
import { fixOf, withRules } from '../fix'
import { identityFactsOf } from '../identity'
import type { Reading } from '../reading'
import { definePostureRule } from '../rule'

export const l58 = definePostureRule({
  id: 'L58',
  severity: 'medium',
  title: 'Several owners, or production and test, share a trust',
  why: 'What one of them may do, the others may too. A plan runs code that is not reviewed; with the rights of an apply it can change what it should only look at.',
  opens: 'Production, to the jobs of a test environment, of another owner, or of a plan.',
  remedy: 'Make a trust and an identity for each.',
  sources: ['HashiCorp’s samples for AWS and Vault accept run_phase:*'],
  needs: ['preset'],
  find(reading) {
    const { preset } = reading
    const admission = admissionOf(reading)
    if (admission.isDead) return []
    return [...owners(reading, preset), ...environments(reading), ...phases(reading)]
  },
})

function owners(reading: Reading, preset: Preset): Found[] {
  const admission = admissionOf(reading)
  const { tenant } = identityFactsOf(preset)
  // Names and ids of one owner are lists of equal length.
  for (const name of tenant) {
    const values = valuesOf(admission, name)
    const title = preset.facts[name]?.title.toLowerCase() ?? name
    if (values && values.length > 1) {
      return [{ path: ['rules'], message: `${values.slice(0, 5).join(' and ')} share this trust (${title}).` }]
    }
  }
  return []
}

const production = /^(?:prod|production|live|prd)(?:$|[-_./])/i
const test = /^(?:test|testing|dev|development|staging|stage|preview|sandbox|qa|int|review)(?:$|[-_./])/i

function environments(reading: Reading): Found[] {
  const values = valuesOf(admissionOf(reading), 'environment') ?? []
  const [live, tried] = [values.find((value) => production.test(value)), values.find((value) => test.test(value))]
  return live === undefined || tried === undefined
    ? []
    : [{ path: ['rules'], message: `${live} and ${tried} share this trust.` }]
}

/** A subject that is open in the phase, where the issuer tells a plan from an apply. */
function phases(reading: Reading): Found[] {
  const { rules } = admissionOf(reading)
  const claim = reading.preset?.claims.find(({ from }) => from === '{phase}')
  const values = valuesOf(admissionOf(reading), 'phase')
  if (!claim || (values !== null && !(values.includes('plan') && values.includes('apply')))) return []
  const open = rules.flatMap(({ branches }) => branches).find(({ facts }) => facts.phase !== undefined)
  if (!open) return []
  const fix = fixOf(reading, 'Accept an apply alone', withRules(exactRule(reading.policy, claim.path, ['apply'])))
  return [{ path: open.path, message: `${JSON.stringify(open.text)} lets a plan do what an apply may do.`, fix }]
}
