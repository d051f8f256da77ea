import { z } from 'zod'

/** Kinds of records that are removed after a time, in the order people are shown them. */
export const recordKinds = [
  'accepted-decisions',
  'refused-decisions',
  'audit-entries',
  'key-source-events',
  'access-tokens',
] as const
export type RecordKind = (typeof recordKinds)[number]

/** Days that each kind is kept by default. */
export const retentionDaysDefault: Readonly<Record<RecordKind, number>> = {
  'accepted-decisions': 90,
  'refused-decisions': 30,
  'audit-entries': 400,
  'key-source-events': 90,
  // After its end: until then it is needed to judge the token.
  'access-tokens': 30,
}

export const retentionDaysMin = 1
export const retentionDaysMax = 3_650

/** The environment variable that fixes a kind's period: `RETENTION_AUDIT_ENTRIES_DAYS`. */
export const retentionVariable = (kind: RecordKind) => `RETENTION_${kind.replaceAll('-', '_').toUpperCase()}_DAYS`

const daysWanted = `Give a whole number of days from ${retentionDaysMin} to ${retentionDaysMax}.`
/** Days that a kind may be kept. */
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

/** Days by kind of record; a kind that is left out stays as it is. */
export const RetentionPatch = z.strictObject({ days: RetentionDays.partial() })
