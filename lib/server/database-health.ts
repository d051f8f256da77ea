import { db } from '@/lib/db/client'
import { type DatabaseProblem, databaseProblemOf, problemSentences } from '@/lib/db/database-problem'
import { probeWrite } from '@/lib/db/probe-write'
import { AppError } from '@/lib/errors'
import { log } from './log'

/** The last problem of the database that a write or read of this process met, until one of the same kind goes well again. */
let known: DatabaseProblem | null = null

/**
 * Logs and remembers a failure of the database, and returns the error for the caller; null for any other failure.
 * @param about what was done, for the log
 */
export function databaseFailure(failure: unknown, about: Record<string, unknown>): AppError | null {
  const problem = databaseProblemOf(failure)
  if (!problem) return null
  known = problem
  log.error({ ...about, problem, err: failure }, problemSentences[problem])
  return new AppError('unavailable', 'The database cannot be used now. Try again in a few seconds.', {
    reason: 'database_unavailable',
    retryAfterSeconds: 5,
    cause: failure,
  })
}

/** Logs what failed beside the requests. */
export function logFailure(error: unknown, what: string, about: Record<string, unknown> = {}): void {
  if (!databaseFailure(error, { ...about, work: what })) log.error({ ...about, err: error }, what)
}

/** The problem the database has now; null where it does its work. A write is tried only after one has failed. */
export async function databaseProblem(): Promise<DatabaseProblem | null> {
  try {
    await withinPatience(known === null || known === 'unreachable' ? read() : probeWrite(db()))
    known = null
  } catch (error) {
    known = (error instanceof Impatience ? known : databaseProblemOf(error)) ?? 'unreachable'
  }
  return known
}

const patienceMs = 2_000
class Impatience extends Error {}

const read = () => db().$queryRawUnsafe('SELECT 1')

async function withinPatience(query: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const impatience = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Impatience()), patienceMs)
  })
  try {
    // A failure after the deadline is no caller's any more.
    query.catch(() => {})
    await Promise.race([query, impatience])
  } finally {
    clearTimeout(timer)
  }
}
