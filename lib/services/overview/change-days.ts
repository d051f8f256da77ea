import { dayOf } from '@/lib/day-of'
import type { Db } from '@/lib/db/client'

/** Changes of a day: of trusts, by the audit, and of the keys that their sources publish. */
export type DayChanges = { trusts: number; keys: number }

const trustActions = ['trust.created', 'trust.updated', 'trust.taken-over', 'trust.deleted'] as const
const keyKinds = ['key-added', 'key-removed', 'key-changed', 'jwks-uri-moved', 'issuer-changed']
/** Rows that one statement reads. */
const rowsMax = 1000
/** Sources that are looked at, those of the first URLs, and how many of them one statement asks for. */
const [sourcesMax, sourcesAtOnce] = [500, 50]

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
  const ids = named.map(({ sourceId }) => sourceId)
  const keys = Array.from({ length: Math.ceil(ids.length / sourcesAtOnce) }, (_, at) =>
    db.keySourceEvent.findMany({
      where: {
        sourceId: { in: ids.slice(at * sourcesAtOnce, (at + 1) * sourcesAtOnce) },
        kind: { in: keyKinds },
        at: { gte: since },
      },
      // In the order of the index: without one Prisma writes one by id.
      orderBy: { sourceId: 'asc' },
      take: rowsMax,
      select: { at: true },
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
  for (const rows of await Promise.all(keys)) count(rows, 'keys')
  return days
}
