import { admin } from './admin'
import type { Api } from './api'
import { infisicalAdmin } from './infisical/admin'
import { infisicalIdentities } from './infisical/identities'
import { infisicalJwtAuth } from './infisical/jwt-auth'
import { infisicalOidcAuth } from './infisical/oidc-auth'
import { infisicalToken } from './infisical/token'
import { infisicalTokenAuth } from './infisical/token-auth'
import { nativeframeIssuers } from './nativeframe/issuers'
import { oauthMetadata } from './oauth/metadata'
import { oauthTokens } from './oauth/tokens'
import { zitadelAdminIdps, zitadelManagementIdps } from './zitadel/idps'
import { zitadelIntents } from './zitadel/intents'
import { zitadelSignIn } from './zitadel/sign-in'

/** Registry of all APIs. Routing, reference pages, OpenAPI and contract tests follow from it. */
export const apis: readonly Api[] = [
  infisicalJwtAuth,
  infisicalOidcAuth,
  infisicalIdentities,
  infisicalToken,
  infisicalTokenAuth,
  infisicalAdmin,
  oauthTokens,
  oauthMetadata,
  nativeframeIssuers,
  zitadelAdminIdps,
  zitadelManagementIdps,
  zitadelSignIn,
  zitadelIntents,
  admin,
]
