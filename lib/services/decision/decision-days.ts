import { z } from 'zod'
import { dayOf } from '@/lib/day-of'
import type { Db, Tx } from '@/lib/db/client'
import { type DayCounted, type DayGroup, dayGroupOf } from '@/lib/db/login-store/login-rows'
import { inTransaction } from '@/lib/db/transaction'

/**
 * Notes a decision for the count of its day, in the decision's transaction. It is a row of its own: one row a day that
 * every login adds to would make logins wait for each other on PostgreSQL.
 * @param id the request's: a request makes at most one decision
 */
export async function noteForCount(tx: Tx, { id, ...decision }: DayCounted & { id: string }) {
  await tx.uncountedDecision.create({ data: { id, ...dayGroupOf(decision) } })
}

const batchRows = 200

/**
 * Adds a batch of noted decisions to their days. Removing the notes and adding them up is one transaction, so several
 * servers may do it at once and each decision is counted once.
 * @returns how many were added; 0 when there is nothing left
 */
export async function addUpDecisions(db: Db): Promise<number> {
  return inTransaction({ db }, async (tx) => {
    const notes = await tx.uncountedDecision.findMany({ orderBy: { id: 'asc' }, take: batchRows })
    const ids = notes.map(({ id }) => id)
    const { count } = await tx.uncountedDecision.deleteMany({ where: { id: { in: ids } } })
    if (count !== notes.length) throw new TakenByAnother()
    for (const { more, ...day } of groups(notes)) {
      await tx.decisionDay.upsert({
        where: { organizationId_day_method_accepted_reason: day },
        create: { ...day, count: more },
        update: { count: { increment: more } },
      })
    }
    return notes.length
  }).catch((error) => {
    if (error instanceof TakenByAnother) return 0
    throw error
  })
}

/** Another server counts the same notes; nothing was written here. */
class TakenByAnother extends Error {}

type Note = Awaited<ReturnType<Tx['uncountedDecision']['findMany']>>[number]

/** In one order for every server, so that two of them never wait for each other's rows. */
function groups(notes: readonly Note[]) {
  const found = new Map<string, DayGroup & { more: number }>()
  for (const { id: _, count, ...day } of notes) {
    const key = JSON.stringify(Object.values(day))
    // A count that was made unreadable by hand still says that there was one.
    found.set(key, { ...day, more: (found.get(key)?.more ?? 0) + Math.max(count, 1) })
  }
  return [...found.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, group]) => group)
}

const Row = z.object({
  day: z.string(),
  // SQLite has no booleans.
  accepted: z.union([z.boolean(), z.number(), z.bigint()]).transform(Boolean),
  reason: z.string(),
  count: z.coerce.number(),
})
export type DecisionCount = z.output<typeof Row>

/**
 * Logins of an organization by day, outcome and reason, since a day. Tokens that were only tried are left out. One
 * statement reads counted and noted decisions together, so none is missed or counted twice while it changes sides.
 */
export async function decisionCounts(db: Db, organizationId: string, since: Date): Promise<DecisionCount[]> {
  const day = dayOf(since)
  const rows = await db.$queryRaw`
    SELECT "day", "accepted", "reason", sum("count") AS "count" FROM (
      SELECT "day", "accepted", "reason", "method", "count" FROM "DecisionDay"
        WHERE "organizationId" = ${organizationId} AND "day" >= ${day}
      UNION ALL
      SELECT "day", "accepted", "reason", "method", "count" FROM "UncountedDecision"
        WHERE "organizationId" = ${organizationId} AND "day" >= ${day}
    ) AS counted
    WHERE "method" <> 'test'
    GROUP BY "day", "accepted", "reason"`
  return z.array(Row).parse(rows)
}

/** Whether a login of an organization ever ended this way, also where its row is long gone. */
export async function hasDecision(db: Db, organizationId: string, accepted: boolean): Promise<boolean> {
  const where = { organizationId, accepted, method: { not: 'test' } }
  // In this order: a note that is added up in between is found among the days.
  const noted = await db.uncountedDecision.findFirst({ where, select: { id: true } })
  return (noted ?? (await db.decisionDay.findFirst({ where, select: { day: true } }))) !== null
}
