import { env } from '@/lib/env'
import { signingAlgorithm } from './signing-key'

const clientMethods = ['client_secret_basic', 'client_secret_post']

/**
 * OAuth 2.0 authorization server metadata (RFC 8414 §2). There is neither an authorization nor a token endpoint: access tokens
 * are issued by logins. `response_types_supported` is demanded and may not be empty; `none` promises nothing.
 */
export function authorizationServerMetadata() {
  const issuer = env().PUBLIC_URL
  return {
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    response_types_supported: ['none'],
    introspection_endpoint: `${issuer}/api/v1/auth/token/introspect`,
    introspection_endpoint_auth_methods_supported: [...clientMethods, 'Bearer'],
    revocation_endpoint: `${issuer}/oauth/revoke`,
    revocation_endpoint_auth_methods_supported: [...clientMethods, 'none'],
  }
}

/** The same with what OpenID Connect Discovery 1.0 §3 demands, for verifiers that look for keys there. */
export const openIdConfiguration = () => ({
  ...authorizationServerMetadata(),
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: [signingAlgorithm],
})
