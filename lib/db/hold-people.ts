import type { Db } from './client'
import { Prisma } from './generated/sqlite/client'

/** Holds the memberships of people until the transaction ends, as `holdPerson` holds those of one. */
export async function holdPeople(tx: Pick<Db, '$executeRaw'>, userIds: readonly string[]): Promise<void> {
  if (userIds.length === 0) return
  await tx.$executeRaw`UPDATE "Membership" SET "userId" = "userId" WHERE "userId" IN (${Prisma.join([...userIds])})`
}
