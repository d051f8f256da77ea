/**
 * Reason codes of incidents that are made of accepted logins: one token was used from several addresses; a token was used for the first time late;
 * one run of a workload opened more trusts than its runs did before.
 */
export const [movedToken, lateToken, wideRun] = [
  'token_from_two_addresses',
  'token_first_used_late',
  'run_at_more_trusts_than_usual',
] as const

export const custodyReasons = [movedToken, lateToken, wideRun] as const
export type CustodyReason = (typeof custodyReasons)[number]

/** The reason of an incident that is made of accepted logins; null = it is made of refusals. */
export const custodyReasonOf = ({ reason }: { reason: string }): CustodyReason | null =>
  custodyReasons.find((one) => one === reason) ?? null

/** Whether an incident is made of accepted logins, not of refusals. */
export const isCustody = (incident: { reason: string }): boolean => custodyReasonOf(incident) !== null

/** What part of its life a token has behind it at a first use that is late. Kubelets replace theirs at four fifths. */
const latePart = 0.9

/** Tokens that live shorter are never late. */
const lifeSecondsMin = 60

/** When the last part of a token's life begins. Null for one that lives too short, and where times are no numbers. */
export function lateFrom({ iat, exp }: { iat: unknown; exp: unknown }): Date | null {
  if (typeof iat !== 'number' || typeof exp !== 'number' || exp - iat < lifeSecondsMin) return null
  const from = new Date((iat + (exp - iat) * latePart) * 1000)
  return Number.isNaN(from.getTime()) ? null : from
}
