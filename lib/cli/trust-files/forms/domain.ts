import { toJudged } from '@/lib/apis/admin/posture/mapper'
import { AnalysedTrust } from '@/lib/apis/admin/posture/wire'
import { parseInput } from '@/lib/apis/field-issues'
import { defineTrustForm, hasAny, without } from '../form'

/** Keybound's own API: its bodies say beside the trust why it is changed. */
export const domain = defineTrustForm({
  id: 'keybound',
  title: 'a trust of Keybound',
  isMeant: (members) => Array.isArray(members.keys) && !hasAny(members, ['iss', 'JWKsURL']),
  toTrust: (members) => toJudged(parseInput(AnalysedTrust, without(members, ['reason', 'override']))),
})
