import { defineApi } from '../../api'
import { oauthEnvelope } from '../envelope'
import { operations } from './operations'

export const oauthTokens = defineApi({
  name: 'oauth-tokens',
  title: 'OAuth 2.0',
  description: 'Introspection (RFC 7662) and revocation (RFC 7009) of access tokens.',
  envelope: oauthEnvelope,
  operations,
})
