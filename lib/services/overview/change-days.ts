import { dayOf } from '@/lib/day-of'
import type { Db } from '@/lib/db/client'

/** Changes of a day: of trusts, by the audit, and of the keys that their sources publish. */
export type DayChanges = { trusts: number; keys: number }

const trustActions = ['trust.created', 'trust.updated', 'trust.taken-over', 'trust.deleted'] as const
const keyKinds = ['key-added', 'key-removed', 'key-changed', 'jwks-uri-moved', 'issuer-changed']
/** Rows of one statement, of which the newest count, and sources that are looked at: those of the first URLs. */
const [rowsMax, eventsMax, sourcesMax] = [1000, 200, 20]

/** Counts what changed in an organization by day (UTC). Each statement reads a bounded part of one index range. */
export async function changeDays(db: Db, organizationId: string, since: Date): Promise<Map<string, DayChanges>> {
  const named = await db.namedKeySource.findMany({
    where: { organizationId },
    orderBy: [{ urlStart: 'asc' }, { sourceId: 'asc' }],
    take: sourcesMax,
    select: { sourceId: true },
  })
  const trusts = trustActions.map((action) =>
    db.auditEntry.findMany({
      where: { organizationId, action, at: { gte: since } },
      orderBy: [{ at: 'desc' }, { id: 'desc' }],
      take: rowsMax,
      select: { at: true },
    }),
  )
  const keys = named.map(({ sourceId }) =>
    db.keySourceEvent.findMany({
      where: { sourceId, at: { gte: since } },
      orderBy: [{ at: 'desc' }, { id: 'desc' }],
      take: eventsMax,
      select: { at: true, kind: true },
    }),
  )
  const days = new Map<string, DayChanges>()
  const count = (rows: readonly { at: Date }[], of: keyof DayChanges) => {
    for (const { at } of rows) {
      const day = dayOf(at)
      const known = days.get(day) ?? { trusts: 0, keys: 0 }
      days.set(day, { ...known, [of]: known[of] + 1 })
    }
  }
  for (const rows of await Promise.all(trusts)) count(rows, 'trusts')
  for (const events of await Promise.all(keys)) {
    count(
      events.filter(({ kind }) => keyKinds.includes(kind)),
      'keys',
    )
  }
  return days
}
