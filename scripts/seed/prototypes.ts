import type { Db } from '@/lib/db/client'
import { ciMachines, githubIssuer } from '../demo/ci-machines'
import { collector } from '../demo/context'
import { enrol } from '../demo/history'
import { makeKey } from '../demo/issuer'
import { attemptOf, judge } from '../demo/logins'
import type { Machine } from '../demo/machine'
import { otherMachines } from '../demo/other-machines'
import type { People } from '../demo/people'
import { seededRandom } from '../demo/random'
import { workloadMachines } from '../demo/workload-machines'
import { recordedActs } from './acts'
import type { Columns } from './bulk-writer'

/** A machine that was set up and has logged in by the services themselves; its rows are what all others are copies of. */
export type Prototype = {
  identity: Columns
  trust: Columns
  keySources: Columns[]
  /** Rows of `NamedKeySource` for sources that no other identity has. */
  ownSources: Columns[]
  audit: Columns[]
  /** Audit entries of later acts on it; none where no more are wanted. */
  acts: Columns[]
  /** Decisions on good tokens, and on tokens with each of the mishaps of this machine. */
  accepted: Columns[]
  refused: Columns[]
  /** An access token of an accepted login. */
  accessToken: Columns
}

/** Sets the machines of the demo up in an organization, and has each log in once in every way it ever does. */
export async function makePrototypes(db: Db, people: People, isActedOn: boolean): Promise<Prototype[]> {
  const now = new Date()
  const random = seededRandom(20_261_129)
  const [{ deployer, partner, cron }, ci, workloads, stranger] = await Promise.all([
    otherMachines(),
    githubIssuer().then(ciMachines),
    workloadMachines(),
    makeKey('ES256'),
  ])
  const daysAgo = (days: number) => new Date(now.getTime() - days * dayMs)
  const made: Prototype[] = []
  for (const machine of [deployer, partner, cron, ...ci, ...workloads]) {
    const enrolled = await enrol({ ...machine, changes: [] }, people, daysAgo)
    const rows = collector()
    for (const mishaps of waysToLogIn(machine)) {
      const who = { ...enrolled, machine: { ...machine, mishaps } }
      await judge(rows, people, await attemptOf(who, now, { random, daysAgo: machine.createdDaysAgo, stranger }))
    }
    const { id } = enrolled.identity
    const identity = await db.identity.findUniqueOrThrow({ where: { id } })
    const trust = await db.trust.findFirstOrThrow({ where: { identityId: id } })
    const keySources = await db.trustKeySource.findMany({ where: { trustId: trust.id } })
    const audit = await db.auditEntry.findMany({ where: { targetId: { in: [id, trust.id] } } })
    const of = (isAccepted: boolean): Columns[] => rows.decisions.filter(({ accepted }) => accepted === isAccepted)
    const [accessToken] = rows.accessTokens
    if (!accessToken) throw new Error(`${identity.name} was not accepted`)
    const decisions = { accepted: of(true), refused: of(false) }
    const [version] = enrolled.versions
    const acts = isActedOn && version ? await recordedActs(db, people, version, id) : []
    made.push({ ...decisions, identity, trust, keySources, ownSources: [], audit, acts, accessToken })
  }
  // Never fetched: these hosts belong to others, and those of the copies are invented.
  await db.namedKeySource.updateMany({ where: { organizationId: people.organizationId }, data: neverDue(now) })
  return made
}

/** Columns of a key source that the background work passes over. */
export const neverDue = (now: Date) => ({ dueAt: new Date(now.getTime() + 3_650 * dayMs), checkedAt: now })

const dayMs = 24 * 3600 * 1000

/** Without a mishap, and with each of them. */
const waysToLogIn = ({ mishaps }: Machine): Machine['mishaps'][] => [
  [],
  [],
  ...mishaps.map((mishap) => [{ ...mishap, chance: 1 }]),
]
