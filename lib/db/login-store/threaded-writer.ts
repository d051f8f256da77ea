import { existsSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import type { Appended } from './log-rows'
import type { Asked, FromThread, ThreadData, ToThread } from './sqlite-thread'
import {
  openSqliteWriter,
  type SentFailure,
  type SqliteLogBatch,
  type SqliteLogin,
  type Written,
} from './sqlite-writer'

/** As `SqliteWriter`, without blocking the process where that can be had. */
export type Writer = {
  write(logins: SqliteLogin[]): Promise<Written[]>
  append(batch: SqliteLogBatch): Promise<Appended>
  close(): Promise<void>
}

/** The thread's program is a file of the built server. Development and unit tests, which run the sources, write on their own thread. */
const program = new URL('./sqlite-thread.js', import.meta.url)

export async function openWriter(data: ThreadData): Promise<Writer> {
  return existsSync(program) ? writerOnThread(program, data) : openInline(data)
}

async function openInline({ file, statements, busyMs }: ThreadData): Promise<Writer> {
  const writer = await openSqliteWriter(file, statements, busyMs)
  return {
    write: async (logins) => writer.write(logins),
    append: async (batch) => writer.append(batch),
    close: writer.close,
  }
}

/** What is asked at once is done in that order, so that what was begun ends before the thread does. @param program of the thread */
export async function writerOnThread(program: URL, workerData: ThreadData): Promise<Writer> {
  const worker = new Worker(program, { workerData, name: 'login-writer' })
  const next = answersOf(worker)
  const opened = await next()
  if (typeof opened === 'object' && 'failure' in opened) throw toFailure(opened.failure)
  // The process lives for as long as an answer is awaited, and not for a thread that has nothing to do.
  worker.unref()
  const askNow = async (message: ToThread) => {
    worker.ref()
    worker.postMessage(message)
    try {
      return await next()
    } finally {
      worker.unref()
    }
  }
  let before: Promise<unknown> = Promise.resolve()
  const ask = (message: ToThread): Promise<FromThread> => {
    const answer = before.then(() => askNow(message))
    before = answer.catch(() => null)
    return answer
  }
  const failed = (answer: FromThread) =>
    typeof answer === 'object' && 'failure' in answer
      ? toFailure(answer.failure)
      : new TypeError('An answer was out of turn.')
  return {
    async write(logins) {
      const answer = await ask(JSON.stringify({ logins } satisfies Asked))
      if (typeof answer === 'object' && 'written' in answer) return answer.written
      throw failed(answer)
    },
    async append(batch) {
      const answer = await ask(JSON.stringify({ batch } satisfies Asked))
      if (typeof answer === 'object' && 'appended' in answer) return answer.appended
      throw failed(answer)
    },
    async close() {
      await ask(null)
    },
  }
}

/** The thread answers one question at a time; a thread that is gone answers none. */
function answersOf(worker: Worker): () => Promise<FromThread> {
  let failure: Error | null = null
  let waiting: { resolve: (answer: FromThread) => void; reject: (error: Error) => void } | null = null
  const end = (error: Error) => {
    failure ??= error
    waiting?.reject(error)
    waiting = null
  }
  worker.on('message', (answer: FromThread) => {
    const asked = waiting
    waiting = null
    asked?.resolve(answer)
  })
  worker.on('error', (cause) => end(new ThreadEnded('The thread that writes logins has failed.', { cause })))
  worker.on('exit', () => end(new ThreadEnded('The thread that writes logins has ended.')))
  return () =>
    new Promise((resolve, reject) => {
      if (failure) return reject(failure)
      waiting = { resolve, reject }
    })
}

/** Nothing more can be written by this thread; whether its last group was, is not known. */
export class ThreadEnded extends Error {}

/** The failure as SQLite threw it, so that it is told and answered like any other of the database. */
export function toFailure({ message, errcode }: SentFailure): Error {
  return Object.assign(new Error(message), errcode === null ? {} : { code: 'ERR_SQLITE_ERROR', errcode })
}
