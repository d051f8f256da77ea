import { admin } from './admin'
import type { Api } from './api'
import { infisicalAdmin } from './infisical/admin'
import { infisicalIdentities } from './infisical/identities'
import { infisicalJwtAuth } from './infisical/jwt-auth'
import { infisicalOidcAuth } from './infisical/oidc-auth'
import { infisicalToken } from './infisical/token'
import { infisicalTokenAuth } from './infisical/token-auth'
import { nativeframeIssuers } from './nativeframe/issuers'

/** THE REGISTRY: every API we speak. Reference pages, OpenAPI, mount checks and contract smoke tests follow from it. */
export const apis: readonly Api[] = [
  infisicalJwtAuth,
  infisicalOidcAuth,
  infisicalIdentities,
  infisicalToken,
  infisicalTokenAuth,
  infisicalAdmin,
  nativeframeIssuers,
  admin,
]
