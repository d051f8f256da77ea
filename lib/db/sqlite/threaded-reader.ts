import { existsSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { DriverAdapterError, type SqlQuery, type SqlResultSet } from '@prisma/driver-adapter-utils'
import { readerPragmas } from './pragmas'
import type { FromReader, SentError, ToReader } from './reader-thread'
import { openSession, type SqliteSession } from './session'

/** Reads what is committed. */
export type Reader = Pick<SqliteSession, 'queryRaw' | 'dispose'>

/** The thread's program is a file of the built server. Development and unit tests, which run the sources, read on their own thread. */
const program = new URL('./sqlite-reader.js', import.meta.url)

export const openReader = (url: string): Promise<Reader> | Reader =>
  existsSync(program) ? readerOnThread(program, url) : openInline(url)

async function openInline(url: string): Promise<Reader> {
  const session = await openSession(url)
  await session.executeScript(readerPragmas)
  return session
}

type Thread = { ask: (query: SqlQuery) => Promise<SqlResultSet>; end: () => Promise<void>; isOver: () => boolean }

/** A thread that has failed is started again by the next statement. @param program of the thread */
export function readerOnThread(program: URL, url: string): Reader {
  let started: Promise<Thread> | null = null
  const thread = async (): Promise<Thread> => {
    const known = started
    const isThere = (await known?.catch(() => null))?.isOver() === false
    if (!isThere && started === known) started = startThread(program, url)
    return started ?? thread()
  }
  return {
    queryRaw: async (query) => (await thread()).ask(query),
    async dispose() {
      await (await started?.catch(() => null))?.end()
    },
  }
}

async function startThread(program: URL, url: string): Promise<Thread> {
  const worker = new Worker(program, {
    workerData: url,
    name: 'reader',
    resourceLimits: { maxYoungGenerationSizeMb: 16 },
  })
  const waiting = new Map<number, { resolve: (result: SqlResultSet) => void; reject: (error: Error) => void }>()
  let last = 0
  let isOver = false
  let onOpen = () => {}
  const end = (error: Error) => {
    isOver = true
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }
  worker.on('message', (message: FromReader) => {
    if (message === 'open') return onOpen()
    const asked = waiting.get(message.n)
    waiting.delete(message.n)
    // The process lives for as long as an answer is awaited, and not for a thread that has nothing to do.
    if (waiting.size === 0) worker.unref()
    if ('result' in message) asked?.resolve(message.result)
    else asked?.reject(toError(message.failure))
  })
  const opened = new Promise<void>((resolve, reject) => {
    onOpen = resolve
    worker.once('error', (cause) => {
      const error = new Error('The thread that reads the database has failed.', { cause })
      end(error)
      reject(error)
    })
    worker.once('exit', () => {
      const error = new Error('The thread that reads the database has ended.')
      end(error)
      reject(error)
    })
  })
  await opened
  worker.unref()
  return {
    isOver: () => isOver,
    ask: (query) =>
      new Promise((resolve, reject) => {
        if (isOver) return reject(new Error('The thread that reads the database has ended.'))
        last += 1
        waiting.set(last, { resolve, reject })
        worker.ref()
        worker.postMessage({ n: last, query } satisfies ToReader)
      }),
    end: () =>
      new Promise((resolve) => {
        if (isOver) return resolve()
        // What was asked before is still answered.
        isOver = true
        worker.ref()
        worker.once('exit', () => resolve())
        worker.postMessage(null satisfies ToReader)
      }),
  }
}

const toError = (failure: SentError) =>
  'cause' in failure ? new DriverAdapterError(failure.cause) : new Error(failure.message)
