import type { z } from 'zod'
import { registry } from '../registry'
import { inlineJwk } from './inline-jwk'
import { jwksUrl } from './jwks-url'
import type { KeySet } from './key-source'
import { oidcDiscovery } from './oidc-discovery'
import { staticPem } from './static-pem'

export const keySources = registry(jwksUrl, oidcDiscovery, staticPem, inlineJwk)

type AnySource = z.output<typeof keySources.schema>

/** Returns the keys that the source itself holds, or null when they must be fetched. */
export const localKeysOf = (source: AnySource) => itemOf(source).local?.(source) ?? null

/** The item a source belongs to. The one cast: an item of a kind takes sources of that kind, which the type forgets. */
function itemOf(source: AnySource) {
  return keySources.of(source.kind) as unknown as { local?(source: AnySource): Promise<KeySet> }
}
