import { z } from 'zod'
import { Algorithm, algorithms } from './algorithms'
import { Grant } from './grant'
import { keySources } from './key-sources'
import { matchers } from './matchers'

/** Where keys come from. */
export const KeySource = keySources.schema
export type KeySource = z.output<typeof KeySource>

/** A source whose keys must be fetched; the engine asks for them. */
export type RemoteKeySource = Extract<KeySource, { kind: 'jwks-url' | 'oidc-discovery' }>
export const isRemote = (source: KeySource): source is RemoteKeySource =>
  source.kind === 'jwks-url' || source.kind === 'oidc-discovery'

/** How a claim is compared. */
export const Matcher = matchers.schema
export type Matcher = z.output<typeof Matcher>

/** A rule about one claim. `path` is a claim address (docs/verification.md): a plain name, a JSON Pointer, or a dotted path. */
export const ClaimRule = z.object({
  path: z.string().min(1).max(500),
  matcher: Matcher,
  whenAbsent: z.enum(['refuse', 'allow']).default('refuse'),
})
export type ClaimRule = z.output<typeof ClaimRule>

/** Issuers' clocks run ahead by seconds, and not every API can say how far that is forgiven. */
export const clockSkewSecondsUsual = 30
export const skewSecondsMax = 300

export const Lifetime = z.object({
  /** How far the issuer's clock may be ahead of ours, for `nbf` and `iat`; seconds. */
  clockSkewSeconds: z.int().min(0).max(skewSecondsMax).default(clockSkewSecondsUsual),
  /** How long after its end (`exp`, or the greatest age) a token is still taken; seconds. */
  expirySkewSeconds: z.int().min(0).max(skewSecondsMax).default(0),
  /** Whether a token without `exp` is refused. */
  requireExpiry: z.boolean().default(true),
  /** The longest time since `iat`, in seconds; null = any. When set, `iat` is required. */
  tokenAgeSecondsMax: z.int().min(1).max(315_360_000).nullable().default(null),
})
export type Lifetime = z.output<typeof Lifetime>

/** Which of the keys may verify, where the answer is not the same for every trust. */
export const KeyUse = z.object({
  /** For a token that names no key: any that fits, or only one that fits alone. */
  unnamed: z.enum(['any', 'only']).default('any'),
  /** How long after its fetch a set goes on serving while its source fails; seconds; null = as long as it is kept. */
  staleSecondsMax: z.int().min(0).nullable().default(null),
})
export type KeyUse = z.output<typeof KeyUse>

/** Rules of one trust. */
export const rulesMax = 100

/** Everything the engine needs to judge: what a form holds before it is saved. */
export const TrustPolicy = z.object({
  /** Exact `iss`; null = unbound, which is a posture finding. */
  issuer: z.string().min(1).max(2048).nullable().default(null),
  /** In order: the first source that has the token's kid wins. */
  keys: z.array(KeySource).min(1).max(101),
  /** Absent: its defaults. */
  keyUse: KeyUse.optional(),
  /** Never taken from the token (RFC 8725 §3.1). */
  algorithms: z
    .array(Algorithm)
    .min(1)
    .default([...algorithms]),
  rules: z.array(ClaimRule).max(rulesMax).default([]),
  lifetime: Lifetime.prefault({}),
  grant: Grant.prefault({}),
})
export type TrustPolicy = z.output<typeof TrustPolicy>
