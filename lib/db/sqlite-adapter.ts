import {
  DriverAdapterError,
  type SqlDriverAdapter,
  type SqlDriverAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
  type Transaction,
} from '@prisma/driver-adapter-utils'
import { checkpointPages, writerPragmas } from './sqlite/pragmas'
import { openSession, type SqliteSession } from './sqlite/session'
import { openReader, type Reader } from './sqlite/threaded-reader'
import { newTurns, type Turns } from './sqlite/turns'

/**
 * Prisma's way to a SQLite file. Transactions and writes take turns on one connection; reads have another, on a thread of its own, which sees
 * only what is committed: on a single one, a query outside a transaction would land inside whichever is open, and be
 * undone with it. `turns` are shared with whatever else of this process writes to the file.
 */
export function sqliteAdapter(
  url: string,
  { turns = newTurns(), beforeClosing }: Shared = {},
): SqlDriverAdapterFactory {
  return {
    ...names,
    connect: async () => {
      const writer = await openSession(url)
      await writer.executeScript(`${writerPragmas} PRAGMA wal_autocheckpoint = ${checkpointPages.ofOthers};`)
      const reader = await openReader(url)
      const adapter = takingTurns(writer, reader, turns)
      const dispose = async () => {
        await beforeClosing?.()
        await adapter.dispose()
      }
      return { ...adapter, dispose }
    },
  }
}

type Shared = {
  turns?: Turns
  /** Called before the connections end, so that the file holds everything by itself then. */
  beforeClosing?: () => Promise<void>
}

/** The same for Prisma's schema engine, which has the file for itself and scripts that begin and end transactions. */
export function sqliteMigrationAdapter(url: string): SqlMigrationAwareDriverAdapterFactory {
  const connect = (to: string) => async () => {
    const session = await openSession(to)
    return inTheEnginesWords(takingTurns(session, session, newTurns()))
  }
  return { ...names, connect: connect(url), connectToShadowDb: connect('file::memory:') }
}

/** The engine knows no failure of the kind by which Prisma's client calls a locked file. */
function inTheEnginesWords(adapter: SqlDriverAdapter): SqlDriverAdapter {
  const locked = (error: unknown) => {
    if (!(error instanceof DriverAdapterError) || error.cause.kind !== 'SocketTimeout') throw error
    throw new DriverAdapterError({ kind: 'sqlite', extendedCode: 5, message: 'database is locked' })
  }
  return {
    ...adapter,
    queryRaw: (query) => adapter.queryRaw(query).catch(locked),
    executeRaw: (query) => adapter.executeRaw(query).catch(locked),
    executeScript: (script) => adapter.executeScript(script).catch(locked),
    startTransaction: (level) => adapter.startTransaction(level).catch(locked),
  }
}

const names = { provider: 'sqlite', adapterName: 'keybound-sqlite' } as const

function takingTurns(writer: SqliteSession, reader: Reader, nextTurn: Turns): SqlDriverAdapter {
  // A lock is waited for once: what waited for its turn behind others that met the lock gives up when they do.
  const inTurn = async <Result>(act: (until: number) => Promise<Result>): Promise<Result> => {
    const until = writer.until()
    const done = await nextTurn()
    try {
      return await act(until)
    } finally {
      done()
    }
  }
  return {
    ...names,
    queryRaw: (query) => (isRead(query) ? reader.queryRaw(query) : inTurn((until) => writer.queryRaw(query, until))),
    executeRaw: (query) => inTurn((until) => writer.executeRaw(query, until)),
    executeScript: (script) => inTurn((until) => writer.executeScript(script, until)),
    startTransaction: async (isolationLevel) => {
      if (isolationLevel && isolationLevel !== 'SERIALIZABLE') {
        throw new DriverAdapterError({ kind: 'InvalidIsolationLevel', level: isolationLevel })
      }
      const until = writer.until()
      const done = await nextTurn()
      try {
        // A plain BEGIN takes the write lock at its first write, too late to wait for a process that wrote meanwhile.
        await writer.executeRaw(statement('BEGIN IMMEDIATE'), until)
        return transactionOn(writer, done)
      } catch (error) {
        done()
        throw error
      }
    },
    dispose: async () => {
      if (reader !== writer) await reader.dispose()
      // Then the file holds everything by itself.
      await writer.executeScript('PRAGMA wal_checkpoint(TRUNCATE)').catch(() => {})
      await writer.dispose()
    },
  }
}

const isRead = ({ sql }: SqlQuery) => /^\s*select\b/i.test(sql)

function transactionOn(writer: SqliteSession, done: () => void): Transaction {
  let failure: unknown = null
  // SQLite undoes a transaction by itself where the disk fails it. What came after would be written one by one.
  const whileOpen = async <Result>(act: () => Promise<Result>): Promise<Result> => {
    if (failure) throw failure
    try {
      return await act()
    } catch (error) {
      if (endsTransaction(error)) failure = error
      throw error
    }
  }
  const execute = (sql: string) => whileOpen(() => writer.executeRaw(statement(sql)))
  // There may be nothing to undo any more.
  const undo = () => writer.executeRaw(statement('ROLLBACK')).catch(() => 0)
  return {
    ...names,
    // Prisma leaves COMMIT and ROLLBACK to `commit` and `rollback`.
    options: { usePhantomQuery: true },
    queryRaw: (query) => whileOpen(() => writer.queryRaw(query)),
    executeRaw: (query) => whileOpen(() => writer.executeRaw(query)),
    createSavepoint: async (name) => void (await execute(`SAVEPOINT ${name}`)),
    rollbackToSavepoint: async (name) => void (await execute(`ROLLBACK TO ${name}`)),
    releaseSavepoint: async (name) => void (await execute(`RELEASE SAVEPOINT ${name}`)),
    commit: async () => {
      try {
        await execute('COMMIT')
      } catch (error) {
        await undo()
        throw error
      } finally {
        done()
      }
    },
    rollback: async () => {
      await undo()
      done()
    },
  }
}

/** https://www.sqlite.org/lang_transaction.html#response_to_errors_within_a_transaction: NOMEM, INTERRUPT, IOERR, FULL. */
const endsTransaction = (error: unknown) =>
  error instanceof DriverAdapterError && [7, 9, 10, 13].includes(Number(error.cause.originalCode) & 0xff)

const statement = (sql: string): SqlQuery => ({ sql, args: [], argTypes: [] })
