import { defineApi } from '../../api'
import { oauthEnvelope } from '../envelope'
import { operations } from './operations'

export const oauthMetadata = defineApi({
  name: 'oauth-metadata',
  title: 'OAuth 2.0 metadata',
  description: 'Where OAuth clients and resource servers find what they need (RFC 8414, OpenID Connect Discovery).',
  envelope: oauthEnvelope,
  operations,
})
