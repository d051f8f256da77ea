import { z } from 'zod'
import { authorizationServerMetadata, openIdConfiguration } from '@/lib/services/installation/server-metadata'
import { defineOperation } from '../../api'

const headers = { 'cache-control': 'public, max-age=300' }

const Metadata = z.object({
  issuer: z.url(),
  jwks_uri: z.url(),
  response_types_supported: z.array(z.string()),
  introspection_endpoint: z.url(),
  introspection_endpoint_auth_methods_supported: z.array(z.string()),
  revocation_endpoint: z.url(),
  revocation_endpoint_auth_methods_supported: z.array(z.string()),
})

const OpenIdConfiguration = Metadata.extend({
  subject_types_supported: z.array(z.string()),
  id_token_signing_alg_values_supported: z.array(z.string()),
})

export const operations = {
  authorizationServer: defineOperation({
    method: 'GET',
    path: '/.well-known/oauth-authorization-server',
    summary: 'OAuth 2.0 authorization server metadata',
    description: 'RFC 8414. Access tokens are issued by logins, so there is no authorization or token endpoint.',
    auth: 'none',
    anyOrigin: true,
    success: { status: 200, description: 'The metadata.', schema: Metadata },
    async run() {
      return { body: authorizationServerMetadata(), headers }
    },
  }),

  openIdConfiguration: defineOperation({
    method: 'GET',
    path: '/.well-known/openid-configuration',
    summary: 'OpenID Connect Discovery document',
    description:
      'The same, with the members that OpenID Connect Discovery 1.0 requires, for verifiers that look for keys there. No ID tokens are issued.',
    auth: 'none',
    anyOrigin: true,
    success: { status: 200, description: 'The metadata.', schema: OpenIdConfiguration },
    async run() {
      return { body: openIdConfiguration(), headers }
    },
  }),
}
