import { jwtAuth } from '@/lib/trust/kinds'
import type { Trust } from '@/lib/trust/trust'
import { methodOperations } from '../method-operations'
import { toChangedDraft, toDraft, toWire } from './mapper'
import { JwtAuthAnswer, JwtAuthInput } from './wire'

export const operations = methodOperations({
  kind: jwtAuth.kind,
  slug: 'jwt-auth',
  title: 'JWT Auth',
  login: {
    summary: 'Log in with a JWT',
    description:
      'Exchanges a token of a trusted issuer for an access token. A refusal carries a `reqId` under which the owner finds every check.',
    unavailable: 'The key source does not answer, or its certificate is not trusted.',
  },
  attach: JwtAuthInput,
  update: JwtAuthInput,
  answer: JwtAuthAnswer,
  toDraft,
  toChangedDraft,
  toAnswer,
  wireField,
})

function toAnswer(trust: Trust) {
  const identityJwtAuth = toWire(trust)
  return identityJwtAuth && { identityJwtAuth }
}

function wireField(path: (string | number)[]): (string | number)[] {
  if (path[0] === 'options') return path.slice(2)
  if (path[0] === 'keys' && path[2] === 'pem' && typeof path[1] === 'number') return ['publicKeys', path[1]]
  if (path[0] === 'keys' && path[2] === 'caCert') return ['jwksCaCert']
  if (path[0] === 'keys') return ['jwksUrl']
  if (path[0] === 'grant') return ['accessTokenTTL']
  return path
}
