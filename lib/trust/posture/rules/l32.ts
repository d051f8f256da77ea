import { admissionOf, valuesOf } from '../admission'
import { exactRule } from '../exact-rule'
import { fixOf, withRules } from '../fix'
import { boundTo, type Reading } from '../reading'
import { definePostureRule } from '../rule'

export const l32 = definePostureRule({
  id: 'L32',
  severity: 'medium',
  title: 'Production may be reached from self-hosted runners',
  why: 'On a machine of one’s own, an earlier job may have left a process that reads the next job’s token. A runner of the platform is made new for each job.',
  opens: 'The identity, to everyone whose jobs ran on the same machine before.',
  remedy: 'Require runners of the platform for what writes to production, or run such jobs on machines of their own.',
  sources: ['GitHub: hardening for self-hosted runners'],
  needs: ['preset'],
  find(reading) {
    const claim = reading.preset.claims.find(({ values }) => values?.includes('self-hosted'))
    const hosted = claim?.values?.find((value) => value !== 'self-hosted')
    if (!claim || hosted === undefined || boundTo(reading, claim.path).length > 0) return []
    if (reading.access === undefined && !namesProduction(reading)) return { noData: 'whether the identity may write' }
    if (reading.access === 'read') return []
    const message = 'Jobs on self-hosted runners are accepted.'
    const fix = fixOf(reading, `Require ${hosted}`, withRules(exactRule(reading.policy, claim.path, [hosted])))
    return [{ path: ['rules'], message, fix }]
  },
})

/** Whether a rule names an environment for production, in the claim or in the subject. */
const namesProduction = (reading: Reading) =>
  boundTo(reading, 'environment').some(({ allowed }) => allowed.some(({ text }) => /^prod/i.test(text))) ||
  (valuesOf(admissionOf(reading), 'environment') ?? []).some((name) => /^prod/i.test(name))
