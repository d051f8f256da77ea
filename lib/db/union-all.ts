import { z } from 'zod'
import type { Db } from './client'
import { Prisma } from './generated/sqlite/client'

export type Asking = Pick<Db, '$queryRaw'>

/** Branches of one statement: SQLite takes 500. */
const branchesMax = 200

/**
 * Rows of several statements, asked as one, so that each has an index range and a limit of its own. A branch is a SELECT without ORDER and LIMIT
 * but in its FROM. In which order the rows come is not said.
 */
export async function unionAll<Schema extends z.ZodType>(
  db: Asking,
  Row: Schema,
  branches: readonly Prisma.Sql[],
): Promise<z.output<Schema>[]> {
  const found: z.output<Schema>[] = []
  for (let from = 0; from < branches.length; from += branchesMax) {
    const statement = Prisma.join(branches.slice(from, from + branchesMax), ' UNION ALL ')
    found.push(...z.array(Row).parse(await db.$queryRaw(statement)))
  }
  return found
}

/** An instant as raw statements answer it: SQLite has it as text where it is computed. */
export const StoredInstant = z.coerce.date()
