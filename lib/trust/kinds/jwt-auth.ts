import { z } from 'zod'
import type { JsonObject } from '../json/json'
import { CaCertificate, RemoteUrl } from '../key-sources/jwks-url'
import { staticPem } from '../key-sources/static-pem'
import { Lifetime } from '../policy'
import { defineKind, type Pasted } from './kind'
import { outlines } from './outline'
import { boundRules } from './published-rules'

/**
 * Keys that a client sent for the configuration type not in use: a URL beside public keys, or public keys beside a URL. They
 * are stored and shown as they were sent; no token is ever verified with them.
 */
export const InactiveKeys = z.object({
  jwksUrl: z.union([RemoteUrl, z.literal('')]).default(''),
  jwksCaCert: CaCertificate,
  publicKeys: z.array(staticPem.schema.shape.pem).max(100).default([]),
})
export type InactiveKeys = z.output<typeof InactiveKeys>

export const noKeys: InactiveKeys = { jwksUrl: '', jwksCaCert: '', publicKeys: [] }

/** The inactive keys as options store them: null when there are none. */
export const inactiveKeysOrNull = (keys: InactiveKeys): InactiveKeys | null =>
  keys.jwksUrl === '' && keys.jwksCaCert === '' && keys.publicKeys.length === 0 ? null : keys

/** A machine logs in as an identity with a JWT of an issuer whose keys are at a URL or pasted. */
export const jwtAuth = defineKind({
  kind: 'jwt',
  ...outlines.jwt,
  options: z.object({ inactiveKeys: InactiveKeys.nullable().default(null) }).prefault({}),
  isFoundByIssuer: false,
  countMax: null,
  issuesTokens: true,
  audienceMatcher: 'glob-any',
  keySource: 'jwks-url',
  defaults: { keyUse: null, lifetime: Lifetime.parse({}), rules: [] },
  publishedRules: boundRules,
  toPublished: ({ inactiveKeys }): JsonObject => (inactiveKeys ? { infisical: inactiveKeys } : {}),
  standInOptions: { inactiveKeys: null },
  notFound: 'JWT Auth is not set up on that identity, or there is no such identity.',
  exists: {
    kind: 'rule',
    reason: 'already_attached',
    message: 'This identity has JWT Auth already. Update it instead.',
  },
  // Inactive keys must be valid too: they are shown, and a client may switch to them.
  pasted({ inactiveKeys }): Pasted[] {
    if (!inactiveKeys) return []
    const at = ['options', 'inactiveKeys']
    return [
      ...inactiveKeys.publicKeys.map((text, index): Pasted => {
        return { path: [...at, 'publicKeys', index], kind: 'public-key', text }
      }),
      { path: [...at, 'jwksCaCert'], kind: 'certificates', text: inactiveKeys.jwksCaCert },
    ]
  },
})
