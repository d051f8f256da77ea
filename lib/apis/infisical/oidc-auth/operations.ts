import { oidcAuth } from '@/lib/trust/kinds'
import type { Trust } from '@/lib/trust/trust'
import { methodOperations } from '../method-operations'
import { toChangedDraft, toDraft, toWire } from './mapper'
import { OidcAuthAnswer, OidcAuthAttach, OidcAuthUpdate } from './wire'

export const operations = methodOperations({
  kind: oidcAuth.kind,
  slug: 'oidc-auth',
  title: 'OIDC Auth',
  login: {
    summary: 'Log in with an ID token of an OpenID provider',
    description: 'As with JWT Auth; keys are found through the discovery document.',
    unavailable: 'The provider does not answer, or its certificate is not trusted.',
  },
  attach: OidcAuthAttach,
  update: OidcAuthUpdate,
  answer: OidcAuthAnswer,
  toDraft,
  toChangedDraft,
  toAnswer,
  wireField,
})

function toAnswer(trust: Trust) {
  const identityOidcAuth = toWire(trust)
  return identityOidcAuth && { identityOidcAuth }
}

function wireField(path: (string | number)[]): (string | number)[] {
  if (path[0] === 'keys') return [path[2] === 'caCert' ? 'caCert' : 'oidcDiscoveryUrl']
  if (path[0] === 'grant') return [path[1] === 'metadata' ? 'claimMetadataMapping' : 'accessTokenTTL']
  return path
}
