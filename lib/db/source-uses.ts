import { z } from 'zod'
import type { Db } from './client'
import { Prisma } from './generated/sqlite/client'

const Use = z.object({
  sourceId: z.string(),
  trustId: z.string(),
  // SQLite has no booleans.
  enabled: z.union([z.boolean(), z.number(), z.bigint()]).transform(Boolean),
  issuer: z.string().nullable(),
})
export type SourceUse = z.output<typeof Use>

const Count = z.object({ sourceId: z.string(), count: z.coerce.number() })

/** Branches of one statement: SQLite takes 500. */
const branchesMax = 200

/** The first trusts by name that name each source, so many of each. One statement for 200 sources, an index range for each of them. */
export async function firstUses(
  db: Pick<Db, '$queryRaw'>,
  organizationId: string,
  sources: readonly { sourceId: string; take: number }[],
): Promise<SourceUse[]> {
  const found: SourceUse[] = []
  for (let from = 0; from < sources.length; from += branchesMax) {
    const branches = sources.slice(from, from + branchesMax).map(
      ({ sourceId, take }) => Prisma.sql`SELECT * FROM (
        SELECT "sourceId", "trustId", "enabled", "issuer" FROM "TrustKeySource"
        WHERE "organizationId" = ${organizationId} AND "sourceId" = ${sourceId}
        ORDER BY "name" ASC, "trustId" ASC LIMIT ${take}) AS sub`,
    )
    found.push(...z.array(Use).parse(await db.$queryRaw(Prisma.join(branches, ' UNION ALL '))))
  }
  return found
}

/** How many trusts name each source, each counted up to a number. One statement for all. */
export async function countUses(
  db: Pick<Db, '$queryRaw'>,
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
