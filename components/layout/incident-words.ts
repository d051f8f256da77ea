import { counted } from '@/components/ui/counted'
import type { Incident } from '@/lib/client/incidents'
import { reasonWords } from '@/lib/client/words'
import { type AlarmReason, canaryUsed } from '@/lib/model/alarm'
import { type CustodyReason, isCustody } from '@/lib/model/custody'

/** Whose logins are refused: "payments-deployer", an issuer, or what is not known of it. */
export function whoOf({ organizationId, identityName, identityId, issuer, isMixed }: Incident): string {
  if (identityName !== null) return identityName
  if (organizationId !== null && isMixed) return 'Several identities'
  return issuer ?? identityId ?? (isMixed ? 'Several issuers' : 'No issuer')
}

/** "Signature invalid · payments-deployer" */
export const titleOf = (incident: Incident) => `${reasonWords(incident.reason)} · ${whoOf(incident)}`

/** "377 refusals", "2 logins" */
export function countWords({ count, reason }: Pick<Incident, 'count' | 'reason'>) {
  return counted(count, nounOf({ reason }))
}

/** What an incident counts. */
export const nounOf = (incident: { reason: string }): 'use' | 'login' | 'refusal' =>
  incident.reason === canaryUsed ? 'use' : isCustody(incident) ? 'login' : 'refusal'

/** What an alarm means, and what to do. */
export const alarmWords: Record<AlarmReason, string> = {
  canary_used:
    'No job uses a canary, so the caller found it where it is planted and tried it. It gave access to nothing. Treat that place as leaked: replace every secret that was stored there, and search the activity for the address.',
  name_with_other_id:
    'A repository, project or account was deleted and created again, or another owner took over its name. The token was refused and the trust is frozen. Find out who owns the new id; then bind the id, and lift the freeze.',
}

/** What accepted logins were found to have in common, and what to do. */
export const custodyWords: Record<CustodyReason, string> = {
  token_from_two_addresses:
    'A token was accepted from one address and then from another. Either it was copied, or several machines share it. Find out which: a copy works until it expires, and so do the access tokens that were issued for it.',
  token_first_used_late:
    'A token was first used in the last tenth of its lifetime. A job uses its token soon after requesting it; a token that was found in a log or an artifact is used later. Find out whether the job itself logged in.',
  run_at_more_trusts_than_usual:
    'One run of a workload, such as a build or a pipeline, logged in through more trusts than earlier runs did. A thief tries a stolen token wherever it may be accepted, but a changed job may also use more trusts. Find out whether the job was changed; if not, revoke the access tokens of these logins.',
}

/** "3 addresses", "more than 100 addresses" */
export function addressWords({
  addresses: { listed, isMore },
  isMixed,
}: Pick<Incident, 'addresses' | 'isMixed'>): string {
  const least = isMore ? 'more than ' : isMixed ? 'at least ' : ''
  return `${least}${counted(listed.length, 'address', 'addresses')}`
}
