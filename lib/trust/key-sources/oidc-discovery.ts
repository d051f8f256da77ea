import { z } from 'zod'
import { CaCertificate, remoteUrl } from './jwks-url'
import { defineKeySource } from './key-source'

/** Where the provider's discovery document is; with or without its well-known suffix. */
export const DiscoveryUrl = remoteUrl('https://issuer.example.com/.well-known/openid-configuration')

/** Keys found through OpenID Connect Discovery 1.0: the document names the issuer and its `jwks_uri`. */
export const oidcDiscovery = defineKeySource({
  kind: 'oidc-discovery',
  title: 'OIDC discovery',
  schema: z.object({ kind: z.literal('oidc-discovery'), url: DiscoveryUrl, caCert: CaCertificate }),
})
