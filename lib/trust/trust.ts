import { z } from 'zod'
import { Algorithm, algorithms } from './algorithms'
import { Grant } from './grant'
import { keySources } from './key-sources'
import { matchers } from './matchers'

export { Algorithm, algorithms }

/** By which door tokens reach a trust: the two methods of an identity, an issuer, or a people's sign-in. */
export const methods = ['jwt', 'oidc', 'issuer', 'sign-in'] as const
export const Method = z.enum(methods)
export type Method = z.output<typeof Method>

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

/** A demand on one claim. `path` is a claim address (ENGINE.md): a plain name, a JSON Pointer, or a dotted path. */
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
  rules: z.array(ClaimRule).max(100).default([]),
  lifetime: Lifetime.prefault({}),
  grant: Grant.prefault({}),
})
export type TrustPolicy = z.output<typeof TrustPolicy>

/** Fields only one API understands, under that API's name; opaque to everyone else. */
const Foreign = z.record(z.string(), z.json())

/** What a verb needs to create or replace a trust. */
export const TrustDraft = TrustPolicy.extend({
  method: Method,
  identityId: z.uuid().nullable().default(null),
  name: z.string().min(1).max(200),
  enabled: z.boolean().default(true),
  foreign: Foreign.default({}),
})
export type TrustDraft = z.output<typeof TrustDraft>

/**
 * A provider's keys are its own, so its name is what its tokens are known by (OpenID Connect Core §3.1.3.7): without it
 * whoever the keys are lent to could name anybody.
 */
export const isIssuerMissing = ({ method, issuer }: Pick<TrustDraft, 'method' | 'issuer'>) =>
  method === 'oidc' && issuer === null
export const issuerMissingMessage = 'Give the issuer, as the discovery document of the provider names it.'

/** Whose tokens we believe, for whom, under which rules. The aggregate root. */
export const Trust = TrustDraft.extend({
  id: z.uuid(),
  organizationId: z.uuid(),
  /** Grows by one with every change; the ETag of every API. */
  version: z.int().min(1),
  /** The organization's counter of changes at this trust's last one: decimal digits, up to 64 bits. */
  sequence: z
    .string()
    .regex(/^\d{1,20}$/)
    .nullish(),
  createdAt: z.date(),
  updatedAt: z.date(),
  /**
   * The columns whose stored text cannot be read; absent where all can. Such a trust refuses every token, and what it has in their
   * place are stand-ins, not what its owner set.
   */
  unreadable: z.array(z.string()).optional(),
})
export type Trust = z.output<typeof Trust>
