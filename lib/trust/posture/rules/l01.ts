import { segmentsOf } from '../../claims'
import { admissionOf } from '../admission'
import { bindIdentity } from '../bind'
import { admitsAllByDesign } from '../issuer'
import { type BoundClaim, isRestricting, type Reading } from '../reading'
import { definePostureRule } from '../rule'

export const l01 = definePostureRule({
  id: 'L01',
  severity: 'critical',
  blocksEnabling: true,
  title: 'Nothing says who may log in',
  why: 'Issuer and audience say where a token is from and for whom it was made. The job chooses the audience at most issuers. Without a rule on the subject, or on a claim that names the workload, every token of the issuer is accepted.',
  opens: 'The identity, to everyone for whom this issuer makes tokens.',
  remedy: 'Bind the subject, or the ids of the owner and the workload, as a token of the right job has them.',
  sources: [
    'Unit 42, Datadog and Tinder found hundreds of such roles in AWS accounts',
    'UNC6426',
    'AWS refuses to create such a role for shared issuers (id_roles_providers_oidc_secure-by-default)',
    'OpenAI: an allowed audience alone does not identify a workload',
    'checkov CKV_AWS_358, CKV_AWS_393, CKV_GCP_118',
  ],
  needs: [],
  find(reading) {
    if (admitsAllByDesign(reading) || admissionOf(reading).isDead) return []
    if (reading.bound.some((one) => identifies(one, reading))) return []
    const said = reading.bound.map(({ rule }) => rule.path)
    const message =
      said.length === 0
        ? 'No rule limits who may log in.'
        : `The rules on ${[...new Set(said)].slice(0, 10).join(', ')} do not say who may log in.`
    return [{ path: ['rules'], message, fix: bindIdentity(reading) }]
  },
})

/** Claims of a token itself, of the person who started a job, and of how it was made. None of them names a workload. */
const others = new Set(
  `iss aud exp nbf iat jti typ nonce auth_time acr amr token_use ver email_verified gty idtyp scope scp`.split(' '),
)

function identifies(bound: BoundClaim, { preset, policy }: Reading): boolean {
  const { rule, claim } = bound
  if (!isRestricting(bound)) return false
  if (rule.path === 'sub') return true
  if (claim) {
    // The client that asked for a token is the workload, at issuers that one customer has.
    if (rule.path === 'azp' || rule.path === 'client_id') return true
    return claim.role !== 'context' && (claim.class === 'id' || claim.class === 'name')
  }
  // An element of a list, or a member, says no more: `aud.0`.
  if ([rule.path, segmentsOf(rule.path)?.[0] ?? ''].some((name) => others.has(name))) return false
  // A claim that the preset does not list names the workload where customers of the issuer may define claims.
  return (
    preset === null ||
    ['directory', 'generic', 'workload', 'agent', 'cloud'].includes(preset.family) ||
    policy.issuer === null
  )
}
