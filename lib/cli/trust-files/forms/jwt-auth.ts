import { parseInput } from '@/lib/apis/field-issues'
import { toDraft } from '@/lib/apis/infisical/jwt-auth/mapper'
import { JwtAuthInput } from '@/lib/apis/infisical/jwt-auth/wire'
import { defineTrustForm, hasAny, noIdentity } from '../form'
import { toJudged } from '../to-judged'
import { withoutAnswerMembers } from './infisical-answer'

/** Infisical's JWT Auth. */
export const jwtAuth = defineTrustForm({
  id: 'infisical-jwt-auth',
  title: 'a JWT Auth of Infisical',
  isMeant: (members) =>
    hasAny(members, ['jwksUrl', 'publicKeys', 'configurationType', 'jwksCaCert']) ||
    (hasAny(members, ['boundIssuer', 'boundAudiences', 'boundSubject']) && !hasAny(members, ['oidcDiscoveryUrl'])),
  toTrust: (members) =>
    toJudged(toDraft(noIdentity, 'jwt-auth', parseInput(JwtAuthInput, withoutAnswerMembers(members)))),
})
