import { z } from 'zod'
import { Prisma } from './generated/sqlite/client'
import { type Asking, StoredInstant, unionAll } from './union-all'

const Login = z.object({
  ...{ id: z.string(), at: StoredInstant, trustId: z.string(), header: z.string().nullable() },
  ...{ claims: z.string().nullable(), tokenSha256: z.string().nullable(), ip: z.string().nullable() },
})

/** The newest accepted logins of trusts of identities, so many of each, newest first. One statement for 200 trusts. */
export async function newestLogins(
  db: Asking,
  trusts: readonly { id: string; identityId: string }[],
  loginsMax: number,
): Promise<z.output<typeof Login>[]> {
  const rows = await unionAll(
    db,
    Login,
    trusts.map(
      ({ id, identityId }) => Prisma.sql`SELECT * FROM (
        SELECT "id", "at", "trustId", "header", "claims", "tokenSha256", "ip" FROM "Decision"
        WHERE "identityId" = ${identityId} AND "trustId" = ${id} AND "accepted" = TRUE
        ORDER BY "at" DESC, "id" DESC LIMIT ${loginsMax}) AS sub`,
    ),
  )
  return rows.sort((one, other) => other.at.getTime() - one.at.getTime() || (one.id < other.id ? 1 : -1))
}
