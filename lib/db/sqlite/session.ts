import type { SqlDriverAdapter, SqlQueryable } from '@prisma/driver-adapter-utils'
import { openSqlite } from './connection'
import { isLocked, toDriverError } from './failure'
import { toResultSet, toSqliteValues } from './values'

const names = { provider: 'sqlite', adapterName: 'keybound-sqlite' } as const

/** One connection as Prisma speaks to it, without transactions. A lock is waited for without blocking the process. */
export type SqliteSession = SqlQueryable & Pick<SqlDriverAdapter, 'executeScript' | 'dispose'>

/**
 * @param url `file:` and a path, or `file::memory:`
 * @param patienceMs how long a statement waits for a lock that another process holds
 */
export async function openSession(url: string, patienceMs = 5_000): Promise<SqliteSession> {
  const connection = await inPrismasWords(() => openSqlite(url.replace(/^file:/, '')))
  const patiently = <Result>(act: () => Result) => inPrismasWords(() => waitingForLocks(act, patienceMs))
  return {
    ...names,
    queryRaw: (query) =>
      patiently(() => {
        const { columns, rows } = connection.all(query.sql, toSqliteValues(query))
        return toResultSet(columns, rows)
      }),
    executeRaw: (query) => patiently(() => connection.run(query.sql, toSqliteValues(query))),
    executeScript: (script) => patiently(() => connection.exec(script)),
    dispose: () => connection.close(),
  }
}

async function waitingForLocks<Result>(act: () => Result, patienceMs: number): Promise<Result> {
  const until = performance.now() + patienceMs
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
