import type { z } from 'zod'
import type { JsonObject } from '../json/json'

/** A public key as its source gave it (RFC 7517); members are whatever the source sent, so nothing is assumed of them. */
export type Jwk = JsonObject

/** Why a source could not give keys. The first four are about reaching it, the rest about what it answered. */
export type KeySetFailure =
  | 'unreachable'
  | 'tls-untrusted'
  | 'address-refused'
  | 'timed-out'
  | 'http-status'
  | 'redirected'
  | 'too-large'
  | 'not-json'
  | 'not-a-key-set'
  | 'issuer-differs'
  /** A key set was read, and not one key of it can verify anything. */
  | 'no-usable-key'
  | 'not-a-key'
  /** A login fetches at most ten sources; this one comes after them. */
  | 'not-asked'

/** An entry of a key set that is no JSON Web Key, counted from 1; `problem` ends the sentence that it begins: "is null, not an object". */
export type IgnoredEntry = { entry: number; problem: string }

/** The result of asking a source for its keys. Keep the object: keys are imported once per object identity. */
export type KeySet =
  | {
      status: 'ok'
      keys: Jwk[]
      /** Epoch seconds of the fetch that brought these keys; null for keys that were typed in. */
      fetchedAt: number | null
      /** Set while the source fails and its last good set serves: since when (epoch seconds) and why. */
      stale: { since: number; reason: KeySetFailure; message: string } | null
      /** `issuer` of the discovery document, where there is one. */
      issuer?: string
      /** Further entries of the set (RFC 7517 §5); absent where there are none. */
      ignored?: IgnoredEntry[]
    }
  | {
      status: 'unavailable'
      reason: KeySetFailure
      /** A sentence without internal addresses, safe for unauthenticated callers. */
      message: string
      /** What the owner can do: check that the URL is reachable, give the CA certificate. May contain the URL. */
      fix: string
      /** `issuer` of a discovery document that was read although its keys could not be had. */
      issuer?: string
      /** The entries of a set without a usable key. They are judged, so that a refusal names the problem of the key. */
      keys?: Jwk[]
      ignored?: IgnoredEntry[]
    }

/** How keys of a kind of source are described, validated and, for typed-in kinds, produced. */
export type KeySourceDefinition<Kind extends string, Schema extends z.ZodObject<{ kind: z.ZodLiteral<Kind> }>> = {
  kind: Kind
  schema: Schema
  /** "JWKS URL", for people. */
  title: string
  /** Returns the keys that the source itself holds. Absent for remote kinds, whose keys are handed to the engine. */
  local?(source: z.output<Schema>): Promise<KeySet>
}

export function defineKeySource<Kind extends string, Schema extends z.ZodObject<{ kind: z.ZodLiteral<Kind> }>>(
  definition: KeySourceDefinition<Kind, Schema>,
) {
  return definition
}
