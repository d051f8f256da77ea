import { z } from 'zod'
import { Prisma } from './generated/sqlite/client'
import { type Asking, StoredInstant, unionAll } from './union-all'

/*
 * What is known of how people get in, of many people by one statement each, in which every person has an index range and a limit.
 */

const Begun = z.object({ userId: z.string(), createdAt: StoredInstant })

/** When each of these people began their newest session. */
export async function newestSessions(db: Asking, userIds: readonly string[]): Promise<Map<string, Date>> {
  const rows = await unionAll(
    db,
    Begun,
    userIds.map(
      (userId) => Prisma.sql`SELECT * FROM (
        SELECT "userId", "createdAt" FROM "Session" WHERE "userId" = ${userId}
        ORDER BY "createdAt" DESC, "id" DESC LIMIT 1) AS sub`,
    ),
  )
  return new Map(rows.map(({ userId, createdAt }) => [userId, createdAt]))
}

const Count = z.object({ userId: z.string().nullable(), count: z.coerce.number() })

/** How many sessions of each of these people end in a time, each counted up to a number; those without one are left out. */
export async function countSessions(
  db: Asking,
  userIds: readonly string[],
  { gt, lte }: { gt: Date; lte: Date },
  countedMax: number,
): Promise<Map<string, number>> {
  const rows = await unionAll(
    db,
    Count,
    userIds.map(
      (userId) => Prisma.sql`SELECT MIN("userId") AS "userId", count(*) AS "count" FROM (
        SELECT "userId" FROM "Session" WHERE "userId" = ${userId} AND "expiresAt" > ${gt} AND "expiresAt" <= ${lte}
        ORDER BY "createdAt" DESC, "id" DESC LIMIT ${countedMax}) AS sub`,
    ),
  )
  return new Map(rows.flatMap(({ userId, count }) => (userId === null ? [] : [[userId, count] as const])))
}

const Linked = z.object({ userId: z.string(), createdAt: StoredInstant, id: z.string(), name: z.string() })

/** The providers of the first links of each of these people, in the order of the links. */
export async function firstProviders(
  db: Asking,
  userIds: readonly string[],
  linksMax: number,
): Promise<Map<string, string[]>> {
  const rows = await unionAll(
    db,
    Linked,
    userIds.map(
      (userId) => Prisma.sql`SELECT sub."userId", sub."createdAt", sub."id", "Trust"."name" FROM (
        SELECT "userId", "createdAt", "id", "trustId" FROM "UserLink" WHERE "userId" = ${userId}
        ORDER BY "createdAt" ASC, "id" ASC LIMIT ${linksMax}) AS sub
        JOIN "Trust" ON "Trust"."id" = sub."trustId"`,
    ),
  )
  const found = new Map<string, string[]>()
  for (const { userId, name } of rows.sort(byTime)) found.set(userId, [...(found.get(userId) ?? []), name])
  return found
}

const byTime = (one: z.output<typeof Linked>, other: z.output<typeof Linked>) =>
  one.createdAt.getTime() - other.createdAt.getTime() || (one.id < other.id ? -1 : 1)

const OnRecord = z.object({ userId: z.string().nullable(), at: StoredInstant.nullable().catch(null) })

/** When each of these people signed in last, of so many newest entries of the audit about each. */
export async function signInsOnRecord(
  db: Asking,
  organizationId: string,
  userIds: readonly string[],
  entriesMax: number,
): Promise<Map<string, Date>> {
  const rows = await unionAll(
    db,
    OnRecord,
    userIds.map(
      (userId) => Prisma.sql`SELECT MIN("targetId") AS "userId", MAX("at") AS "at" FROM (
        SELECT "targetId", "at", "action" FROM "AuditEntry"
        WHERE "organizationId" = ${organizationId} AND "targetId" = ${userId}
        ORDER BY "at" DESC, "id" DESC LIMIT ${entriesMax}) AS sub
        WHERE "action" = 'session.started'`,
    ),
  )
  return new Map(rows.flatMap(({ userId, at }) => (userId === null || at === null ? [] : [[userId, at] as const])))
}
