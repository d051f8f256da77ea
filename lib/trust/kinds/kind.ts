import { z } from 'zod'
import type { FieldIssue } from '@/lib/errors'
import type { Verdict } from '../engine/verdict'
import type { JsonObject, JsonValue } from '../json/json'
import type { ClaimRule, KeyUse, Lifetime, TrustPolicy } from '../policy'
import type { Role } from '../role'

/** The differences between kinds of trust. Everything else is the same for all of them. */
export type KindDefinition<Kind extends string, Owner extends Owners, Options extends z.ZodType<object>> = {
  kind: Kind
  /** The kind's name in the dashboard. */
  title: string
  /** Fields that only this kind has. */
  options: Options
  /** Its purpose in a sentence, for people who have none yet. */
  purpose: string
  /** Path of the page where a trust is edited; null for a trust of an identity that is gone. */
  page(trust: { id: string; identityId: string | null }): string | null
  /** An identity has at most one trust of each of its kinds; the others belong to the organization. */
  belongsTo: Owner
  /** Whether a trust is found by its issuer, which is then unique in the organization. */
  isFoundByIssuer: boolean
  /** How many an organization may have; null = no limit. */
  countMax: { count: number; reason: string; message: string } | null
  /** How an allowed audience is compared: as a pattern or exactly. */
  audienceMatcher: 'glob-any' | 'equals-any'
  /** The usual source of keys. */
  keySource: 'jwks-url' | 'oidc-discovery'
  /** Policy of a new trust, where it differs from the schema's defaults. */
  defaults: { keyUse: KeyUse | null; lifetime: Lifetime; rules: readonly ClaimRule[] }
  /** One rule for each sort of rule that the kind's published API can express. */
  publishedRules(values: string[]): ClaimRule[]
  /** The options under the names that our API and the audit log use. */
  toPublished(options: z.output<Options>): JsonObject
  /** The way back; the result is not validated. */
  fromPublished(published: Readonly<Record<string, unknown>>): unknown
  /** Replacement for stored options that cannot be read; it allows nothing. */
  standInOptions: z.output<Options>
  notFound: string
  /** The message when such a trust already exists. */
  exists: { kind: 'rule' | 'conflict'; reason: string; message: string }
  /** Problems of a draft that only this kind has; paths into the draft. */
  issues?(draft: Pick<TrustPolicy, 'issuer'>): FieldIssue[]
  /** Pasted keys and certificates of the options, with their paths into the draft. */
  pasted?(options: z.output<Options>): Pasted[]
  /** Why no API may change a trust with these options; null = it may. */
  fixed?(options: z.output<Options>): { title: string; reason: string; message: string } | null
  /** The role that a first login gives. */
  roleGiven?(options: z.output<Options>): Role
  /** The options that decide who logs in. */
  decisive?(options: z.output<Options>): Record<string, JsonValue>
  /**
   * The options that decide who is accepted and with which rights, under the names of our API. A switch that is on accepts more,
   * and so does each further entry of a list; a different text accepts something else.
   */
  opens?(options: z.output<Options>): Readonly<Record<string, Opening>>
  /** The project a trust is filed under; null = none. */
  project?(options: z.output<Options>): string | null
  /** Whether an accepted token is exchanged for an access token. */
  issuesTokens: boolean
  /** The engine's verdict as this kind shows it. */
  toVerdict?(verdict: Verdict): Verdict
}

export type Opening = boolean | string | readonly string[]

/** A URL in place of one that cannot be read. Its name never resolves (RFC 2606 §2). */
export const unresolvableUrl = 'https://unreadable.invalid/'

/** A PEM text of a draft. */
export type Pasted = { path: (string | number)[]; kind: 'public-key' | 'certificates'; text: string }

type Owners = 'identity' | 'organization'

export function defineKind<Kind extends string, Owner extends Owners, Options extends z.ZodType<object>>(
  definition: KindDefinition<Kind, Owner, Options>,
) {
  const { kind, options } = definition
  return {
    ...definition,
    schema: z.object({ kind: z.literal(kind), options }),
    /** Whether a trust is of this kind; its options are typed from then on. */
    is: <Any extends { kind: string }>(trust: Any): trust is Extract<Any, { kind: Kind }> => trust.kind === kind,
  }
}
