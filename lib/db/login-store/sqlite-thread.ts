import { parentPort, workerData } from 'node:worker_threads'
import { isSqliteFailure } from '../sqlite/failure'
import type { Appended } from './log-rows'
import {
  openSqliteWriter,
  type SentFailure,
  type SqliteLogBatch,
  type SqliteLogin,
  type WriteStatements,
  type Written,
} from './sqlite-writer'

// A thread of its own: it waits for the disk and for other processes' locks, and the server goes on.

export type ThreadData = { file: string; statements: WriteStatements; busyMs: number }
/** What to write. */
export type Asked = { logins: SqliteLogin[] } | { batch: SqliteLogBatch }
/** That as JSON, which crosses faster than objects; null to end. */
export type ToThread = string | null
export type FromThread = { written: Written[] } | { appended: Appended } | { failure: SentFailure } | 'open' | 'closed'

const { file, statements, busyMs }: ThreadData = workerData
const answer = (message: FromThread) => parentPort?.postMessage(message)

try {
  const writer = await openSqliteWriter(file, statements, busyMs)
  parentPort?.on('message', (message: ToThread) => {
    if (message === null) {
      void writer.close().then(() => {
        answer('closed')
        parentPort?.close()
      })
      return
    }
    try {
      const asked: Asked = JSON.parse(message)
      answer('logins' in asked ? { written: writer.write(asked.logins) } : { appended: writer.append(asked.batch) })
    } catch (error) {
      answer({ failure: toSent(error) })
    }
  })
  answer('open')
} catch (error) {
  answer({ failure: toSent(error) })
}

function toSent(error: unknown): SentFailure {
  const message = error instanceof Error ? error.message : String(error)
  return { message, errcode: isSqliteFailure(error) ? error.errcode : null }
}
