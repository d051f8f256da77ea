import { z } from 'zod'

const Seq = z.int().min(1)
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const Time = z.iso.datetime()
/** A text that can be looked up in both databases. */
const Name = z.string().regex(/^[^\0]*$/)

/** Places of a log that entries can be at, for a query: what is elsewhere was added by hand, and is on no chain. */
export const placesOfLog = { gte: 1, lte: 2_000_000_000 } as const

/** Records whose place in a log says how long they are kept. */
export const sealedKinds = ['accepted', 'refused', 'audit'] as const
export type SealedKind = (typeof sealedKinds)[number]
export const SealedKind = z.enum(sealedKinds)

/** What happens without a login or an act, and is told by an entry of its own. */
const eventTypes = ['incident.opened', 'alarm.raised', 'alarm.ended', 'finding.raised', 'finding.ended'] as const
export type EventType = (typeof eventTypes)[number]

/** Entries of an evidence log, as their canonical JSON is read (docs/evidence.md, "Entries"). */
export const LogEntry = z.discriminatedUnion('kind', [
  z.strictObject({
    seq: Seq,
    kind: z.literal('began'),
    at: Time,
    /** Nothing in it will be older than the log: what is older than the logs had been taken up when it began. */
    isComplete: z.literal(true).optional(),
  }),
  z.strictObject({
    seq: Seq,
    kind: SealedKind,
    id: Name,
    at: Time,
    digest: Sha256,
    /** Found when the log began: what it was before is not known. */
    adopted: z.literal(true).optional(),
  }),
  /** The final number of acts that were counted into a record. */
  z.strictObject({
    seq: Seq,
    kind: z.literal('count'),
    id: Name,
    repeats: z.int().nullable(),
    lastAt: Time.nullable(),
  }),
  /** Records of a kind from before that time are removed, by retention. */
  z.strictObject({
    seq: Seq,
    kind: z.literal('removed'),
    at: Time,
    of: SealedKind,
    before: Time,
    days: z.int(),
    /** Why that many days: `default`, `environment`, `unaudited` (longer than an act on record says), or the id of the audit entry. */
    follows: z.string(),
  }),
  /** An act that set how long records are kept, `days` as JSON: its record may be deleted, this not. */
  z.strictObject({ seq: Seq, kind: z.literal('retention'), at: Time, of: z.string(), days: z.string() }),
  z.strictObject({ seq: Seq, kind: z.literal('checkpoint'), at: Time, jws: z.string() }),
  /** The records that were there before the log have all been taken up; in the log of no organization, those of all logs. */
  z.strictObject({ seq: Seq, kind: z.literal('adopted'), at: Time, records: z.int() }),
  z.strictObject({
    seq: Seq,
    kind: z.literal('event'),
    at: Time,
    type: z.enum(eventTypes),
    /** The incident, key source or trust. */
    of: Name,
    /** The alarm, or the rule. */
    code: z.string().optional(),
    severity: z.string().optional(),
  }),
  /** The stored head was not one that Keybound wrote. */
  z.strictObject({ seq: Seq, kind: z.literal('head-changed'), at: Time }),
])
export type LogEntry = z.output<typeof LogEntry>
type Unplaced<Entry> = Entry extends LogEntry ? Omit<Entry, 'seq'> : never
/** An entry that has no place yet. */
export type NewEntry = Unplaced<LogEntry>

/** What a checkpoint signs: that a log had so many entries, and the hash of the last. */
export const CheckpointClaims = z.looseObject({ log: z.string(), seq: z.int().min(0), hash: Sha256, at: Time })
export type CheckpointClaims = z.output<typeof CheckpointClaims>

/** What is wrong with a log, and where. */
export const LogProblem = z.object({
  code: z.enum([
    'entry-changed',
    'entry-missing',
    'entry-extra',
    'log-truncated',
    'head-changed',
    'checkpoint-invalid',
    'end-unproven',
    'record-changed',
    'record-missing',
    'record-unknown',
    'count-changed',
    'retention-changed',
    'sealing-delayed',
  ]),
  /** The entry of the log; null where there is none. */
  seq: z.int().nullable(),
  /** The record: an audit entry or a decision. */
  record: z.string().nullable(),
  message: z.string(),
})
export type LogProblem = z.output<typeof LogProblem>

export const LogResult = z.object({
  intact: z.boolean(),
  entries: z.int(),
  hash: z.string(),
  records: z.int().meta({ description: 'Records that are there and were compared.' }),
  removed: z.int().meta({ description: 'Records that retention has removed.' }),
  adopted: z.int().meta({ description: 'Records that are older than the log.' }),
  unsealed: z.int().meta({ description: 'Records that are not in the log yet.' }),
  checkpoints: z.int(),
  problems: z.int(),
  first: LogProblem.nullable(),
})
export type LogResult = z.output<typeof LogResult>

/** A line of a verification under way; the last has the result. */
export const VerificationLine = z.union([
  z.object({ progress: z.object({ done: z.int(), total: z.int() }) }),
  z.object({ problem: LogProblem }),
  z.object({ result: LogResult }),
])
export type VerificationLine = z.output<typeof VerificationLine>

/** The end of a log as it is stored, and whether Keybound wrote it. */
export const LogHead = z.object({ seq: z.int().min(0), hash: Sha256, isProven: z.boolean() })
export type LogHead = z.output<typeof LogHead>
