import { z } from 'zod'
import { CertificateAnswer } from '../keys/wire'

const instant = z.iso.datetime()

const Alarm = z
  .object({
    id: z.string(),
    severity: z.enum(['critical', 'warning']),
    message: z.string(),
    fix: z.string(),
  })
  .meta({ id: 'KeySourceAlarm' })

const Summary = z.object({
  /** SHA-256 of kind, URL and CA. */
  id: z.string(),
  kind: z.enum(['jwks-url', 'oidc-discovery']),
  url: z.string(),
  /** Whether a CA certificate was given. */
  hasCa: z.boolean(),
  /** Host and port of the egress proxy; null = none. */
  proxy: z.string().nullable(),
  /** `last-good`: failing, its last good keys serve; `down`: failing, without keys. */
  status: z.enum(['unasked', 'ok', 'last-good', 'down']),
  lastAttemptAt: instant.nullable(),
  lastSuccessAt: instant.nullable(),
  lastFailureAt: instant.nullable(),
  failingSince: instant.nullable(),
  failure: z.object({ reason: z.string(), message: z.string(), fix: z.string() }).nullable(),
  latencyMs: z.number().nullable(),
  freshUntil: instant.nullable(),
  tls: CertificateAnswer.extend({ protocol: z.string(), chain: z.array(CertificateAnswer) }).nullable(),
  discovery: z.object({ issuer: z.string(), jwksUri: z.string(), algorithms: z.array(z.string()) }).nullable(),
  /** Null until a set was good. */
  keyCount: z.number().nullable(),
  usedBy: z.array(
    z.object({
      trustId: z.uuid(),
      name: z.string(),
      method: z.string(),
      enabled: z.boolean(),
      issuer: z.string().nullable(),
      identityId: z.uuid().nullable(),
      identityName: z.string().nullable(),
    }),
  ),
  /** Number of trusts, at most 1000; `usedBy` names ten in a list and a hundred for one source. */
  usedByCount: z.number(),
  /** Whether more than `usedByCount` trusts use it. */
  isUsedByMore: z.boolean(),
  alarms: z.array(Alarm),
})

export const KeySourceSummaryAnswer = Summary.extend({
  strip: z.string().optional().meta({
    description:
      'The last 90 days (UTC), oldest first, with `strip=true`: `.` not fetched, `+` fetched, `x` at least one failed fetch.',
  }),
}).meta({ id: 'KeySourceSummary' })
export type KeySourceSummaryAnswer = z.output<typeof KeySourceSummaryAnswer>

export const KeySourceListAnswer = z.object({
  sources: z.array(KeySourceSummaryAnswer),
  alarmCount: z.number().meta({ description: 'Alarms of the sources on this page.' }),
  total: z.number().nullable().meta({ description: 'How many there are; null on a page by `cursor`.' }),
  isMore: z.boolean().meta({ description: 'There are more than `total`.' }),
  next: z.string().nullable().meta({ description: 'The `cursor` of the page that follows; null at the end.' }),
  comparedRows: z
    .number()
    .nullable()
    .meta({ description: 'How many sources were compared with `search`, where those were not all.' }),
})

export const AlarmCountAnswer = z.object({
  alarmCount: z.number(),
  isMore: z.boolean().meta({ description: 'There are more than were counted.' }),
})
export type AlarmCountAnswer = z.output<typeof AlarmCountAnswer>
export type KeySourceListAnswer = z.output<typeof KeySourceListAnswer>

const Key = z.object({
  id: z.string(),
  kid: z.string().nullable(),
  /** RFC 7638. */
  thumbprint: z.string(),
  alg: z.string().nullable(),
  use: z.string().nullable(),
  type: z.string().nullable(),
  /** "RSA 2048"; null when the key cannot be read. */
  label: z.string().nullable(),
  problem: z.string().nullable(),
  problemText: z.string().nullable(),
  firstSeenAt: instant,
  lastSeenAt: instant,
  removedAt: instant.nullable(),
  /** The last login it verified, up to a minute old. */
  lastUsedAt: instant.nullable(),
  /** The last login that named it after it was gone. */
  lastMissedAt: instant.nullable(),
})
export type KeySourceKeyAnswer = z.output<typeof Key>

const Event = z.object({
  id: z.string(),
  at: instant,
  kind: z.string(),
  kid: z.string().nullable(),
  message: z.string(),
})
export type KeySourceEventAnswer = z.output<typeof Event>

/** Fetches of one day (UTC): all, and failed ones. */
const Day = z.object({ day: z.string(), fetches: z.number(), failures: z.number() })
export type KeySourceDayAnswer = z.output<typeof Day>

export const KeySourceAnswer = Summary.extend({
  keys: z.array(Key),
  events: z.array(Event),
  /** Of the last ninety days, oldest first; days without a fetch are left out. */
  days: z.array(Day),
}).meta({ id: 'KeySource' })
export type KeySourceAnswer = z.output<typeof KeySourceAnswer>
