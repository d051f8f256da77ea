import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import type { SqlDriverAdapter, SqlDriverAdapterFactory, SqlQuery, Transaction } from '@prisma/driver-adapter-utils'

/** Waiting for a lock blocks the whole process, and only another process can hold one: a short patience is right. */
const BUSY_TIMEOUT_MS = 5_000

/**
 * Prisma's SQLite adapter has one connection, so a query outside a transaction lands inside whichever transaction happens
 * to be open, and is undone with it. Here transactions and writes take turns on one connection; reads have another, which
 * sees only what is committed.
 */
export function sqliteAdapter(url: string): SqlDriverAdapterFactory {
  const factory = new PrismaBetterSqlite3({ url, timeout: BUSY_TIMEOUT_MS })
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => {
      const writer = await factory.connect()
      await writer.executeScript('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;')
      const reader = await factory.connect()
      await reader.executeScript('PRAGMA query_only = ON;')
      return takingTurns(writer, reader)
    },
  }
}

function takingTurns(writer: SqlDriverAdapter, reader: SqlDriverAdapter): SqlDriverAdapter {
  const nextTurn = turns()
  const inTurn = async <Result>(act: () => Promise<Result>): Promise<Result> => {
    const done = await nextTurn()
    try {
      return await act()
    } finally {
      done()
    }
  }
  return {
    provider: writer.provider,
    adapterName: writer.adapterName,
    queryRaw: (query) => (isRead(query) ? reader.queryRaw(query) : inTurn(() => writer.queryRaw(query))),
    executeRaw: (query) => inTurn(() => writer.executeRaw(query)),
    executeScript: (script) => inTurn(() => writer.executeScript(script)),
    startTransaction: async (isolationLevel) => {
      const done = await nextTurn()
      try {
        return heldUntilDone(await beginImmediate(writer, isolationLevel), done)
      } catch (error) {
        done()
        throw error
      }
    },
    dispose: async () => {
      await reader.dispose()
      await writer.dispose()
    },
  }
}

/** Answers a function that waits for its turn and resolves to the function that ends it. */
function turns(): () => Promise<() => void> {
  let last: Promise<void> = Promise.resolve()
  return async () => {
    const before = last
    let end = () => {}
    last = new Promise((resolve) => {
      end = resolve
    })
    await before
    return end
  }
}

const isRead = ({ sql }: SqlQuery) => /^\s*select\b/i.test(sql)

/** A plain BEGIN takes the write lock at its first write, too late to wait for another process that wrote meanwhile. */
async function beginImmediate(
  writer: SqlDriverAdapter,
  isolationLevel: Parameters<SqlDriverAdapter['startTransaction']>[0],
): Promise<Transaction> {
  const transaction = await writer.startTransaction(isolationLevel)
  try {
    await transaction.executeRaw(statement('ROLLBACK'))
    await transaction.executeRaw(statement('BEGIN IMMEDIATE'))
    return transaction
  } catch (error) {
    await transaction.rollback()
    throw error
  }
}

function heldUntilDone(transaction: Transaction, done: () => void): Transaction {
  return {
    provider: transaction.provider,
    adapterName: transaction.adapterName,
    options: transaction.options,
    queryRaw: (query) => transaction.queryRaw(query),
    executeRaw: (query) => transaction.executeRaw(query),
    createSavepoint: transaction.createSavepoint?.bind(transaction),
    rollbackToSavepoint: transaction.rollbackToSavepoint?.bind(transaction),
    releaseSavepoint: transaction.releaseSavepoint?.bind(transaction),
    commit: () => transaction.commit().finally(done),
    rollback: async () => {
      // Prisma sends ROLLBACK itself, but not after a COMMIT that failed; then the next turn would start inside this one.
      await transaction.executeRaw(statement('ROLLBACK')).catch(() => 0)
      await transaction.rollback().finally(done)
    },
  }
}

const statement = (sql: string): SqlQuery => ({ sql, args: [], argTypes: [] })
