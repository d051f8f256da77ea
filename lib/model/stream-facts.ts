/*
 * What is stated of streams apart from their schemas, for pages that show them.
 */

/** Kinds of events that a stream may have. */
export const streamKinds = {
  accepted: 'Accepted logins',
  refused: 'Refused logins',
  audit: 'Acts and sign-ins',
  incidents: 'Incidents',
  alarms: 'Alarms of key sources',
  findings: 'Findings in trusts',
} as const
export type StreamKind = keyof typeof streamKinds

/** Streams of an organization. */
export const streamsMax = 10
/** Events of one request. */
export const batchEventsMax = 100
/** Requests of a stream that are kept. */
export const deliveriesKept = 200
/** A stream that has failed for so long is paused. */
export const failingHoursMax = 72

/** The former secret signs beside the new one for so long. */
export const formerSecretHours = 24

export const pauseReasons = {
  'by-hand': 'Paused by a person.',
  failing: `No request succeeded for ${failingHoursMax} hours.`,
  gone: 'The receiver answered 410 (Gone).',
} as const
export type PauseReason = keyof typeof pauseReasons
