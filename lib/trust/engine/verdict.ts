import type { JsonObject } from '../json/json'
import type { CheckId } from './check-table'

export type { CheckId } from './check-table'

export type CheckStatus = 'pass' | 'fail' | 'warn' | 'skipped'

/** The result of one check. Texts are plain: no markup, no secret, never the signature. */
export type Check = {
  id: CheckId
  status: CheckStatus
  /** Two or three words for a list: "Issuer", "Signature". */
  title: string
  /** A sentence for people. Holds no bound value of the trust: it may be shown to an unauthenticated caller. */
  message: string
  /** Stable code of a failure, for machines: `token_expired`, `issuer_mismatch`. */
  reason?: string
  /** The expected value; for the owner only. */
  expected?: string
  /** The value in the token, or at the source. */
  received?: string
  /** Advice; may name bound values, so for the owner only. */
  fix?: string
  /** The address under which the token has the claim that is missing, where one is likely to be meant. */
  suggestion?: string
  /** The part of the trust that asked: `issuer`, `rules.2`, `keys.0`, `lifetime.requireExpiry`. */
  field?: string
  /** False when the check rests on one that failed (claims under a failed signature): what it saw proves nothing. */
  trusted: boolean
}

/** The access token that an accepted token would be exchanged for. Times in epoch seconds. */
export type GrantPreview = {
  subject: string | null
  ttlSeconds: number
  expiresAt: number
  /** Latest moment to which renewals can reach. */
  maxExpiresAt: number
  /** 0 = unlimited. */
  usesMax: number
  trustedIps: string[]
  /** What the access token would carry on from the login token, by name. */
  metadata: JsonObject
  /** What the access token would say itself (`grant.carry`); integers as bigint. */
  claims?: JsonObject
}

/** The whole answer of the engine: every check, in order, whether or not an earlier one failed. */
export type Verdict = {
  accepted: boolean
  /** The failure that decides the answer: first the token's authenticity and time, then what it claims; null if accepted. */
  decisive: Check | null
  checks: Check[]
  /** Decoded, as far as it could be; null when it could not. Integers beyond 2^53 are bigint. */
  header: JsonObject | null
  claims: JsonObject | null
  /** The key whose signature verified: which source (index into `trust.keys`) and which key. */
  key: { source: number; kid: string | null; thumbprint: string } | null
  grant: GrantPreview | null
}
