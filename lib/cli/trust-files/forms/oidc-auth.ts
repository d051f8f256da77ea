import { parseInput } from '@/lib/apis/field-issues'
import { toDraft } from '@/lib/apis/infisical/oidc-auth/mapper'
import { OidcAuthAttach } from '@/lib/apis/infisical/oidc-auth/wire'
import { defineTrustForm, hasAny, noIdentity } from '../form'
import { toJudged } from '../to-judged'
import { withoutAnswerMembers } from './infisical-answer'

/** Infisical's OIDC Auth. */
export const oidcAuth = defineTrustForm({
  id: 'infisical-oidc-auth',
  title: 'an OIDC Auth of Infisical',
  isMeant: (members) => hasAny(members, ['oidcDiscoveryUrl', 'claimMetadataMapping']),
  toTrust: (members) =>
    toJudged(toDraft(noIdentity, 'oidc-auth', parseInput(OidcAuthAttach, withoutAnswerMembers(members)))),
})
