import type { Db, Tx } from '@/lib/db/client'
import type { MuteAnswer } from '@/lib/model/posture'

/** A finding that a person accepts for a time, as it is stored. */
export type Mute = {
  trustId: string
  rule: string
  reason: string
  until: Date
  createdAt: Date
  byName: string | null
}

const select = { trustId: true, rule: true, reason: true, until: true, createdAt: true, byName: true } as const

/** Mutes of a trust that have not ended, in the order of their rules. */
export const mutesOf = (db: Db | Tx, trustId: string, now: Date): Promise<Mute[]> =>
  db.findingMute.findMany({ where: { trustId, until: { gt: now } }, orderBy: { rule: 'asc' }, select })

/** How many mutes of an organization count. */
const mutesMax = 20_000

/** Mutes of all trusts of an organization that have not ended, by trust. */
export async function mutesOfOrganization(db: Db, organizationId: string, now: Date): Promise<Map<string, Mute[]>> {
  const where = { organizationId, until: { gt: now } }
  const rows = await db.findingMute.findMany({ where, orderBy: { until: 'asc' }, take: mutesMax, select })
  const byTrust = new Map<string, Mute[]>()
  for (const mute of rows) byTrust.set(mute.trustId, [...(byTrust.get(mute.trustId) ?? []), mute])
  return byTrust
}

export const toMuteAnswer = ({ rule, reason, until, createdAt, byName }: Mute): MuteAnswer => ({
  ...{ rule, reason, byName },
  until: until.toISOString(),
  createdAt: createdAt.toISOString(),
})
