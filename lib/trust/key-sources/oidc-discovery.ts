import { z } from 'zod'
import { CaCertificate, RemoteUrl } from './jwks-url'
import { defineKeySource } from './key-source'

/** Keys found through OpenID Connect Discovery 1.0: the document names the issuer and its `jwks_uri`. */
export const oidcDiscovery = defineKeySource({
  kind: 'oidc-discovery',
  title: 'OIDC discovery',
  schema: z.object({ kind: z.literal('oidc-discovery'), url: RemoteUrl, caCert: CaCertificate }),
})
