import type { SqlDriverAdapter, SqlQuery, SqlQueryable, SqlResultSet } from '@prisma/driver-adapter-utils'
import { openSqlite } from './connection'
import { isLocked, toDriverError } from './failure'
import { toResultSet, toSqliteValues } from './values'

const names = { provider: 'sqlite', adapterName: 'keybound-sqlite' } as const

/** One connection as Prisma speaks to it, without transactions. A lock is waited for without blocking the process. */
export type SqliteSession = Omit<SqlQueryable, 'queryRaw' | 'executeRaw'> &
  Pick<SqlDriverAdapter, 'dispose'> & {
    /** @param until when waiting for a lock ends (`performance.now()`), for a statement that has waited before */
    queryRaw(query: SqlQuery, until?: number): Promise<SqlResultSet>
    executeRaw(query: SqlQuery, until?: number): Promise<number>
    executeScript(script: string, until?: number): Promise<void>
    /** When waiting ends for a statement that is asked for now. */
    until(): number
  }

/**
 * @param url `file:` and a path, or `file::memory:`
 * @param patienceMs how long a statement waits for a lock that another process holds
 */
export async function openSession(url: string, patienceMs = 5_000): Promise<SqliteSession> {
  const connection = await inPrismasWords(() => openSqlite(url.replace(/^file:/, '')))
  const until = () => performance.now() + patienceMs
  const patiently = <Result>(act: () => Result, end = until()) =>
    // Another process writes for some milliseconds, which is waited for in any case.
    inPrismasWords(() => waitingForLocks(act, Math.max(end, performance.now() + patienceMs / 20)))
  return {
    ...names,
    until,
    queryRaw: (query: SqlQuery, end?: number) =>
      patiently(() => {
        const { columns, rows } = connection.all(query.sql, toSqliteValues(query))
        return toResultSet(columns, rows)
      }, end),
    executeRaw: (query: SqlQuery, end?: number) =>
      patiently(() => connection.run(query.sql, toSqliteValues(query)), end),
    executeScript: (script: string, end?: number) => patiently(() => connection.exec(script), end),
    dispose: () => connection.close(),
  }
}

async function waitingForLocks<Result>(act: () => Result, until: number): Promise<Result> {
  for (;;) {
    try {
      return act()
    } catch (error) {
      if (!isLocked(error) || performance.now() > until) throw error
      // Of unlike length, so that two processes do not go on meeting.
      await new Promise((resolve) => setTimeout(resolve, 1 + Math.random() * 20))
    }
  }
}

async function inPrismasWords<Result>(act: () => Promise<Result>): Promise<Result> {
  try {
    return await act()
  } catch (error) {
    throw toDriverError(error)
  }
}
