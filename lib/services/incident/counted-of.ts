import type { Db } from '@/lib/db/client'
import type { Membership } from './write-batch'

/** In which incident a decision is counted, and how often; the last one, where there are several. */
export async function countedOf(db: Db, ids: readonly string[]): Promise<Map<string, Membership>> {
  const members = await db.incidentRefusal.findMany({
    where: { decisionId: { in: [...ids] } },
    orderBy: { counted: 'asc' },
  })
  return new Map(members.map((member) => [member.decisionId, member]))
}
