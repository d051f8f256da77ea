import { defineApi } from '../../api'
import { oauthEnvelope } from '../envelope'
import { operations } from './operations'

export const oauthMetadata = defineApi({
  name: 'oauth-metadata',
  title: 'OAuth 2.0 metadata',
  description: 'Metadata for OAuth clients and resource servers (RFC 8414, OpenID Connect Discovery).',
  envelope: oauthEnvelope,
  operations,
})
