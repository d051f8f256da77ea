import { z } from 'zod'
import { Prisma } from './generated/sqlite/client'
import { type Asking, unionAll } from './union-all'

const Use = z.object({
  sourceId: z.string(),
  trustId: z.string(),
  // SQLite has no booleans.
  enabled: z.union([z.boolean(), z.number(), z.bigint()]).transform(Boolean),
  issuer: z.string().nullable(),
})
export type SourceUse = z.output<typeof Use>

const Count = z.object({ sourceId: z.string(), count: z.coerce.number() })

/** The first trusts by name that name each source, so many of each. One statement for 200 sources, an index range for each of them. */
export async function firstUses(
  db: Asking,
  organizationId: string,
  sources: readonly { sourceId: string; take: number }[],
): Promise<SourceUse[]> {
  return unionAll(
    db,
    Use,
    sources.map(
      ({ sourceId, take }) => Prisma.sql`SELECT * FROM (
        SELECT "sourceId", "trustId", "enabled", "issuer" FROM "TrustKeySource"
        WHERE "organizationId" = ${organizationId} AND "sourceId" = ${sourceId}
        ORDER BY "name" ASC, "trustId" ASC LIMIT ${take}) AS sub`,
    ),
  )
}

const Named = z.object({ sourceId: z.string() })

/** Which of these sources a trust names, and which an enabled trust does. One statement each for 200 sources. */
export async function sourcesNamed(
  db: Asking,
  organizationId: string,
  sourceIds: readonly string[],
): Promise<{ named: Set<string>; byEnabled: Set<string> }> {
  const namedBy = async (which: Prisma.Sql) => {
    const rows = await unionAll(
      db,
      Named,
      sourceIds.map(
        (sourceId) => Prisma.sql`SELECT * FROM (
          SELECT "sourceId" FROM "TrustKeySource"
          WHERE "organizationId" = ${organizationId} AND "sourceId" = ${sourceId} ${which} LIMIT 1) AS sub`,
      ),
    )
    return new Set(rows.map(({ sourceId }) => sourceId))
  }
  return { named: await namedBy(Prisma.empty), byEnabled: await namedBy(Prisma.sql`AND "enabled" = TRUE`) }
}

/** How many trusts name each source, each counted up to a number. One statement for all. */
export async function countUses(
  db: Asking,
  organizationId: string,
  sourceIds: readonly string[],
  countedMax: number,
): Promise<Map<string, number>> {
  if (sourceIds.length === 0) return new Map()
  const rows = await db.$queryRaw`
    SELECT n."sourceId", (
      SELECT count(*) FROM (
        SELECT 1 FROM "TrustKeySource" t
        WHERE t."organizationId" = n."organizationId" AND t."sourceId" = n."sourceId" LIMIT ${countedMax}) AS counted
    ) AS "count"
    FROM "NamedKeySource" n
    WHERE n."organizationId" = ${organizationId} AND n."sourceId" IN (${Prisma.join([...sourceIds])})`
  return new Map(
    z
      .array(Count)
      .parse(rows)
      .map(({ sourceId, count }) => [sourceId, count]),
  )
}
