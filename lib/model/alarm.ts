import { isCustody, wideRun } from './custody'

/** Reason code of incidents that are uses of canaries: identities and tokens that open nothing. */
export const canaryUsed = 'canary_used'

/** Reason codes of a login whose name came with another id than before, and of logins by the trust that is frozen since. */
export const [nameTaken, trustFrozen] = ['name_with_other_id', 'trust_frozen'] as const

/** Reasons of incidents that are alarms as such, whatever the number: they stay among what needs a look until they are acknowledged. */
export const alarmReasons = [canaryUsed, nameTaken] as const

/** How much an incident matters: a caller used what no job uses; a token may be in wrong hands; logins are refused. */
export const incidentSeverities = ['critical', 'high', 'medium'] as const
export type IncidentSeverity = (typeof incidentSeverities)[number]

export type AlarmReason = (typeof alarmReasons)[number]
export const alarmReasonOf = ({ reason }: { reason: string }): AlarmReason | null =>
  alarmReasons.find((one) => one === reason) ?? null
export const isAlarm = (incident: { reason: string }): boolean => alarmReasonOf(incident) !== null

/** Whether an incident says in a sentence what was found. */
export const isTold = (incident: { reason: string }): boolean => isAlarm(incident) || incident.reason === wideRun

export const incidentSeverityOf = (incident: { reason: string }): IncidentSeverity =>
  isAlarm(incident) ? 'critical' : isCustody(incident) ? 'high' : 'medium'
