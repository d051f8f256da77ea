import { notFound } from '@/lib/errors'
import type { Db, Tx } from './client'

/**
 * Runs an act in one transaction: all of it is durable, or none of it happened. A transaction that lost a race for the
 * database is tried again, so `act` must have no effect but through `tx`.
 * @throws AppError `not-found` when something that `act` builds on was removed after it was read
 */
export async function inTransaction<T>(
  { db }: { db: Db },
  act: (tx: Tx) => Promise<T>,
  { timeoutMs = 15_000 } = {},
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.$transaction(act, { maxWait: 10_000, timeout: timeoutMs })
    } catch (error) {
      if (wasRemoved(error)) throw notFound('It was removed while you were at it.')
      if (attempt >= 5 || !lostTheRace(error)) throw error
    }
  }
}

/** Prisma's P2034: a write conflict or deadlock; nothing was written. */
const lostTheRace = (error: unknown) => codeOf(error) === 'P2034'

/** Prisma's P2003 and P2025: the row that is pointed to, or that is to be changed, is not there. */
const wasRemoved = (error: unknown) => codeOf(error) === 'P2003' || codeOf(error) === 'P2025'

/** Whether a write failed because a unique value is taken (Prisma's P2002). */
export const isTaken = (error: unknown) => codeOf(error) === 'P2002'

const codeOf = (error: unknown) =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
