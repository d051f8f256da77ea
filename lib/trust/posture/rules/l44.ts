import { claimOf } from '../../presets/claim-of'
import type { Claim } from '../../presets/preset'
import type { Fix } from '../finding'
import { fixOf, withGrant } from '../fix'
import { decidesAccess } from '../metadata'
import type { Reading } from '../reading'
import { definePostureRule } from '../rule'

export const l44 = definePostureRule({
  id: 'L44',
  severity: 'high',
  title: 'The caller is named by a value that callers choose',
  why: 'Services tell callers apart, and give them roles, by a name in the access token. Where it comes from the person who starts the job, from an address of mail or from a name without its owner, two callers can have the same one.',
  opens: 'What another caller of the same name may do.',
  remedy: 'Take the name from `sub`, or from an id of the owner or workload.',
  sources: ['Public Vault roles with user_claim = user_email, actor or workflow'],
  needs: [],
  find: (reading) => [
    ...Object.entries(reading.policy.grant.metadata).flatMap(([name, path]) => {
      if (!decidesAccess(name) || !isChosen(path, reading)) return []
      const message = `${JSON.stringify(name)} is taken from ${path}, which is no id.`
      return [{ path: ['grant', 'metadata', name], message, fix: renamed(reading, name) }]
    }),
    ...Object.keys(reading.policy.grant.carry ?? {}).flatMap((path) => {
      if (!isChosen(path, reading)) return []
      const message = `The access token repeats ${path}, which the person who starts the job decides.`
      return [{ path: ['grant', 'carry', path], message }]
    }),
  ],
})

/** Claims of persons, where no preset says more. */
const personal =
  /^(?:actor|user_login|user_email|email|preferred_username|upn|username|unique_name|nickname|name|workflow)$/

function isChosen(path: string, { preset }: Reading): boolean {
  const claim = preset && claimOf(preset, path)
  if (!claim) return personal.test(path)
  return claim.class === 'user' || (claim.class === 'name' && !hasOwner(claim, preset?.facts ?? {}))
}

/** Whether a name contains the owner's name: only then are names unique. */
const hasOwner = ({ from, role }: Claim, facts: Readonly<Record<string, { role: string }>>) =>
  role === 'tenant' ||
  Object.entries(facts).some(([name, fact]) => fact.role === 'tenant' && from?.includes(`{${name}}`))

function renamed(reading: Reading, name: string): Fix | undefined {
  const { metadata } = reading.policy.grant
  return fixOf(reading, `Take ${name} from sub`, withGrant({ metadata: { ...metadata, [name]: 'sub' } }))
}
