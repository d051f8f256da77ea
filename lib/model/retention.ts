import { z } from 'zod'
import type { SealedKind } from './evidence'

/** Kinds of records that are removed after a period, in display order. */
export const recordKinds = [
  'accepted-decisions',
  'refused-decisions',
  'audit-entries',
  'key-source-events',
  'access-tokens',
] as const
export type RecordKind = (typeof recordKinds)[number]

/** The kind of record, by the kind of its entries in the evidence log. */
export const recordKindOf = (kind: SealedKind): RecordKind => keptAs[kind]
const keptAs = {
  accepted: 'accepted-decisions',
  refused: 'refused-decisions',
  audit: 'audit-entries',
} as const satisfies Record<SealedKind, RecordKind>

/** Default period of each kind, in days. */
export const retentionDaysDefault: Readonly<Record<RecordKind, number>> = {
  'accepted-decisions': 90,
  'refused-decisions': 30,
  'audit-entries': 400,
  'key-source-events': 90,
  // After its expiry: until then it is needed to judge the token.
  'access-tokens': 30,
}

export const retentionDaysMin = 1
export const retentionDaysMax = 3_650

/** Returns the environment variable that fixes a kind's period: `RETENTION_AUDIT_ENTRIES_DAYS`. */
export const retentionVariable = (kind: RecordKind) => `RETENTION_${kind.replaceAll('-', '_').toUpperCase()}_DAYS`

const daysWanted = `Give a whole number of days from ${retentionDaysMin} to ${retentionDaysMax}.`
/** Limits of a period, in days. */
export const Days = z
  .number(daysWanted)
  .int(daysWanted)
  .min(retentionDaysMin, daysWanted)
  .max(retentionDaysMax, daysWanted)

/** Days by kind of record. */
export const RetentionDays = z.strictObject({
  'accepted-decisions': Days,
  'refused-decisions': Days,
  'audit-entries': Days,
  'key-source-events': Days,
  'access-tokens': Days,
} satisfies Record<RecordKind, typeof Days>)

/** Days by kind of record; an omitted kind is unchanged. */
export const RetentionPatch = z.strictObject({ days: RetentionDays.partial() })
