import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { LRUCache } from 'lru-cache'
import { type SqliteDriver, sqliteDriver } from './driver'
import type { SqliteValue } from './values'

/** One connection to a SQLite file. Calls are synchronous and wait for no lock: they fail with SQLITE_BUSY. */
export type SqliteConnection = {
  /** Runs one or more statements without parameters. */
  exec(sql: string): void
  /** Changes a setting (`PRAGMA name = value`). SQLite does so while it prepares the statement, so a kept one would do nothing. */
  set(name: string, value: string): void
  /** Runs one statement and answers how many rows it changed. */
  run(sql: string, values: SqliteValue[]): number
  /** Runs one statement and answers its rows; integers are bigints. */
  all(sql: string, values: SqliteValue[]): { columns: Column[]; rows: SqliteValue[][] }
  /** Gives the file back. */
  close(): Promise<void>
}

export type Column = { name: string; type: string | null }

/** Statements kept prepared; preparing costs more than running, and an unused one is freed only by the garbage collector. */
const statementsMax = 500

/** @param file path of the database, or `:memory:` */
export async function openSqlite(file: string): Promise<SqliteConnection> {
  const { DatabaseSync, source } = await sqliteDriver()
  const database = new DatabaseSync(file, { timeout: 0 })
  const kept = new LRUCache<string, Prepared>({ max: statementsMax })
  let handles: WeakRef<Statement>[] = []
  const prepare = (sql: string) => {
    const known = kept.get(sql)
    if (known) return known
    const made: Prepared = { statement: database.prepare(withEscapes(sql)), columns: null }
    made.statement.setReadBigInts(true)
    made.statement.setReturnArrays(true)
    kept.set(sql, made)
    handles.push(new WeakRef(made.statement))
    if (handles.length > 2 * statementsMax) handles = handles.filter((handle) => handle.deref())
    return made
  }
  return {
    exec(sql) {
      // It may change tables, and with them the columns of prepared statements.
      kept.clear()
      database.exec(sql)
    },
    set: (name, value) => database.exec(`PRAGMA ${name} = ${value}`),
    run: (sql, values) => Number(prepare(sql).statement.run(...values).changes),
    all(sql, values) {
      const prepared = prepare(sql)
      const rows = prepared.statement.all(...values) as SqliteValue[][]
      prepared.columns ??= columnsOf(prepared.statement)
      return { columns: prepared.columns, rows }
    },
    async close() {
      kept.clear()
      database.close()
      if (source === 'package') await collected(handles)
    },
  }
}

/** What Prisma compares text with, told that `\\` takes the meaning from a following `%` or `_`, as PostgreSQL has it by itself. */
const withEscapes = (sql: string) =>
  sql.replaceAll(/ LIKE (\((?:'%' \|\| )?\?(?: \|\| '%')?\))/g, " LIKE $1 ESCAPE '\\'")

type Prepared = { statement: Statement; columns: Column[] | null }
type Statement = ReturnType<InstanceType<SqliteDriver['DatabaseSync']>['prepare']>

const columnsOf = (statement: Statement): Column[] =>
  statement.columns().map(({ name, type }) => ({ name, type: type ?? null }))

/**
 * The package, unlike Node's own SQLite, keeps a closed file open (and locked against migrations) until the garbage
 * collector has been at every statement.
 */
async function collected(handles: WeakRef<object>[]): Promise<void> {
  setFlagsFromString('--expose-gc')
  const collectGarbage: () => void = runInNewContext('gc')
  const roundsMax = 10
  for (let round = 0; round < roundsMax; round++) {
    // What was looked at in a turn stays until its end, and what is collected is released in a later one.
    await nextTurn()
    collectGarbage()
    await nextTurn()
    if (handles.every((handle) => handle.deref() === undefined)) return
  }
}

const nextTurn = () => new Promise((resolve) => setImmediate(resolve))
