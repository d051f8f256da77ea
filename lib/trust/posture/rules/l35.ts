import { claimOf } from '../../presets/claim-of'
import type { Found } from '../finding'
import { fixOf, withGrant } from '../fix'
import { decidesAccess } from '../metadata'
import type { Reading } from '../reading'
import { definePostureRule } from '../rule'

/** Names with a meaning of their own in access tokens and in the systems that read them. */
const reserved = new Set(
  `iss sub aud exp nbf iat jti identityId identityName orgId authTokenType client_id scope __proto__`.split(' '),
)

export const l35 = definePostureRule({
  id: 'L35',
  severity: 'medium',
  title: 'Metadata of the access token is optional, user-chosen or misnamed',
  why: 'Services behind the access token read its metadata. A claim that the person who starts the job chooses, or that is missing in some tokens, is no ground for a decision; a login whose token lacks a mapped claim is refused. A reserved name can be taken for the claim of that name.',
  opens: 'Decisions of other services on a value that a caller chose.',
  remedy: 'Map ids of owner, workload and run; give each a name of its own.',
  sources: ['Vault reserves `role`', 'Conjur’s list of denied annotations'],
  needs: [],
  find: (reading) =>
    Object.entries(reading.policy.grant.metadata).flatMap(([name, path]) => {
      const message = faultOf(name, path, reading)
      if (message === null) return []
      const { [name]: _, ...metadata } = reading.policy.grant.metadata
      const found: Found = { path: ['grant', 'metadata', name], message }
      return [{ ...found, fix: fixOf(reading, `Do not map ${name}`, withGrant({ metadata })) }]
    }),
})

function faultOf(name: string, path: string, { preset }: Reading): string | null {
  if (reserved.has(name)) return `${JSON.stringify(name)} has a meaning of its own in tokens.`
  const claim = preset && claimOf(preset, path)
  if (!claim || decidesAccess(name)) return null
  if (claim.class === 'user')
    return `${JSON.stringify(name)} is taken from ${path}, which the person who starts the job decides.`
  return claim.isOptional
    ? `${JSON.stringify(name)} is taken from ${path}, which some tokens do not have; they are refused.`
    : null
}
