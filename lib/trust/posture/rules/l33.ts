import { claimMatches } from '../../matchers'
import { admissionOf, valuesOf } from '../admission'
import { audienceRules } from '../audience'
import type { Found } from '../finding'
import { fixOf, withLifetime } from '../fix'
import { variantOf } from '../issuer'
import type { Reading } from '../reading'
import { definePostureRule } from '../rule'

const daySeconds = 24 * 3600

export const l33 = definePostureRule({
  id: 'L33',
  severity: 'medium',
  title: 'Kubernetes: an account, namespace, audience or lifetime is left open',
  why: 'The token that every pod gets without asking lives a year on many clusters and has the API server’s audience, so it is also a credential for the cluster. The account named default belongs to every pod that names no other. A namespace left open belongs to every team.',
  opens: 'The identity, to every pod of the namespace or cluster, and to a copy of a token for a year.',
  remedy:
    'Mount a projected token with an audience of its own and a lifetime of ten minutes, for an account of its own.',
  sources: ['gist tsaarni/79b8b51: a token of 31 536 000 s', 'OpenBao: JWT auth for Kubernetes'],
  needs: ['preset'],
  find(reading) {
    const { preset } = reading
    if (preset.family !== 'cluster') return []
    const admission = admissionOf(reading)
    if (admission.isDead) return []
    const found: Found[] = []
    const audiences = audienceRules(reading)
    const usual = ['https://kubernetes.default.svc.cluster.local', 'https://kubernetes.default.svc']
    const server = usual.find(
      (value) => audiences.length > 0 && audiences.every(({ rule }) => claimMatches(rule.matcher, value)),
    )
    if (server !== undefined) {
      found.push({
        path: audiences[0]?.path ?? ['rules'],
        message: `Tokens for the API server (${server}) are accepted.`,
      })
    }
    const subject = admission.rules.find(({ bound }) => bound.rule.path === 'sub')
    if (valuesOf(admission, 'account')?.includes('default')) {
      const message = 'The account named default is accepted: every pod that names no other has it.'
      found.push({ path: subject?.bound.path ?? ['rules'], message })
    }
    const open = subject?.branches.find(({ facts }) => facts.namespace && 'open' in facts.namespace)
    if (open && valuesOf(admission, 'namespace') === null) {
      found.push({
        path: open.path,
        message: `${JSON.stringify(open.text)} accepts every namespace that fits.`,
        witness: open.example,
      })
    }
    const wide = subject?.branches.find(({ facts }) => facts.account && 'open' in facts.account)
    if (wide && !open && valuesOf(admission, 'account') === null && valuesOf(admission, 'accountUid') === null) {
      const message = `${JSON.stringify(wide.text)} accepts every account of the namespace that fits.`
      found.push({ path: wide.path, message, witness: wide.example })
    }
    if (variantOf(reading)?.variant.id === 'legacy') {
      found.push({ path: reading.issuerPath, message: 'Tokens of this issuer come from secrets, and never expire.' })
    }
    return [...found, ...longLife(reading)]
  },
})

function longLife(reading: Reading): Found[] {
  const { seen, policy } = reading
  const greatest = seen?.life?.greatest ?? 0
  const max = policy.lifetime.tokenAgeSecondsMax
  if (greatest <= daySeconds || (max !== null && max <= daySeconds)) return []
  const days = Math.round(greatest / daySeconds)
  return [
    {
      path: ['lifetime', 'tokenAgeSecondsMax'],
      severity: 'high',
      message: `A token that lives ${days} days was accepted: the one that is mounted by default.`,
      fix: fixOf(reading, 'Accept tokens of the last hour', withLifetime({ tokenAgeSecondsMax: 3600 })),
    },
  ]
}
