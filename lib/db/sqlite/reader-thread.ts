import { parentPort, workerData } from 'node:worker_threads'
import { DriverAdapterError, type SqlQuery, type SqlResultSet } from '@prisma/driver-adapter-utils'
import { readerPragmas } from './pragmas'
import { openSession } from './session'

// A thread of its own: a statement that reads much is waited for by the page that needs it, and by no login.

/** One statement, answered under its number; null to end. */
export type ToReader = { n: number; query: SqlQuery } | null
export type SentError = { cause: DriverAdapterError['cause'] } | { message: string }
export type FromReader = { n: number; result: SqlResultSet } | { n: number; failure: SentError } | 'open'

const url: string = workerData
const answer = (message: FromReader) => parentPort?.postMessage(message)

const session = await openSession(url)
await session.executeScript(readerPragmas)
parentPort?.on('message', (message: ToReader) => {
  if (message === null) {
    void session.dispose().then(() => parentPort?.close())
    return
  }
  const { n, query } = message
  session.queryRaw(query).then(
    (result) => answer({ n, result }),
    (error: unknown) => answer({ n, failure: toSent(error) }),
  )
})
answer('open')

const toSent = (error: unknown): SentError =>
  error instanceof DriverAdapterError
    ? { cause: error.cause }
    : { message: error instanceof Error ? error.message : String(error) }
