import { z } from 'zod'
import { CaCertificate, RemoteUrl } from './key-sources/jwks-url'
import { staticPem } from './key-sources/static-pem'

/** Under which name a JWT Auth trust keeps these in its `foreign`. */
export const inactiveKeysApi = 'infisical'

/**
 * What a client sent for the way of finding keys that is not in use: a URL beside public keys that count, or keys beside a URL
 * that counts. It is kept and shown as it was sent; no token is ever verified with it.
 */
export const InactiveKeys = z.object({
  jwksUrl: z.union([RemoteUrl, z.literal('')]).default(''),
  jwksCaCert: CaCertificate,
  publicKeys: z.array(staticPem.schema.shape.pem).max(100).default([]),
})
export type InactiveKeys = z.output<typeof InactiveKeys>

const none: InactiveKeys = { jwksUrl: '', jwksCaCert: '', publicKeys: [] }

export function inactiveKeysOf(trust: { method: string; foreign: Record<string, unknown> }): InactiveKeys {
  if (trust.method !== 'jwt') return none
  return InactiveKeys.safeParse(trust.foreign[inactiveKeysApi]).data ?? none
}

/** The `foreign` that keeps them; nothing is kept of nothing. */
export function withInactiveKeys<Foreign extends Record<string, unknown>>(foreign: Foreign, keys: InactiveKeys) {
  const { [inactiveKeysApi]: _, ...others } = foreign
  const isEmpty = keys.jwksUrl === '' && keys.jwksCaCert === '' && keys.publicKeys.length === 0
  return isEmpty ? others : { ...others, [inactiveKeysApi]: keys }
}
