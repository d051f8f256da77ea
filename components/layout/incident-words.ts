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
    'No job uses a canary: the caller found it where it is planted, and tried it. It opened nothing. Take that place as leaked: replace every secret that was kept beside it, and look for the address in the activity.',
  name_with_other_id:
    'A repository, project or account was deleted and made again, or its name was taken over by another owner. The token was refused and the trust is frozen. Find out whose the new id is; then bind the id, and lift the freeze.',
}

/** What accepted logins were found to have in common, and what to do. */
export const custodyWords: Record<CustodyReason, string> = {
  token_from_two_addresses:
    'A token was accepted from one address and then from another. It was copied, or several machines share it. Find out which; a copy works until it expires, and so do access tokens that were issued for it.',
  token_first_used_late:
    'A token was used for the first time in the last tenth of its life. A job uses its token soon after it asked for it; a token that was found in a log or an artifact is used later. Find out whether the job itself logged in.',
  run_at_more_trusts_than_usual:
    'A run of a workload, a build or a pipeline for example, opened more trusts than its earlier runs did. A token that was lifted from a job is tried wherever it may be accepted; a changed job opens more, too. Find out whether the job was changed; if not, revoke the access tokens of these logins.',
}

/** "3 addresses", "more than 100 addresses" */
export function addressWords({
  addresses: { listed, isMore },
  isMixed,
}: Pick<Incident, 'addresses' | 'isMixed'>): string {
  const least = isMore ? 'more than ' : isMixed ? 'at least ' : ''
  return `${least}${counted(listed.length, 'address', 'addresses')}`
}
