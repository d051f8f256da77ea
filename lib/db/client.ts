import { PrismaPg } from '@prisma/adapter-pg'
import type { PoolConfig } from 'pg'
import { perProcess } from '@/lib/per-process'
import { env } from '../env'
import { PrismaClient as PostgresqlClient } from './generated/postgresql/client'
import { type Prisma, PrismaClient as SqliteClient } from './generated/sqlite/client'
import type { LoginStore } from './login-store/login-rows'
import { postgresqlLoginStore } from './login-store/postgresql-store'
import { sqliteLoginStore } from './login-store/sqlite-store'
import { setLoginStore } from './login-store/stores'
import { withReadableTimes } from './readable-times'
import { newTurns } from './sqlite/turns'
import { sqliteAdapter } from './sqlite-adapter'

/** Both databases have the same models, so the client of one speaks for both. */
export type Db = SqliteClient
/** The client inside `db.$transaction(async (tx) => …)`. Use nothing but `tx` in there. */
export type Tx = Prisma.TransactionClient

/** The client of the configured database: one per process, however often Next bundles this file. */
export function db(): Db {
  held.value ??= connect(env().DATABASE_URL)
  return held.value
}

/** Which database `db()` speaks to, for the few places where they differ. */
export function databaseKind(): 'sqlite' | 'postgresql' {
  return env().database
}

/** Ends the process's client, if there is one. */
export async function disconnect(): Promise<void> {
  const client = held.value
  held.value = undefined
  await client?.$disconnect()
}

/** A client of its own for `databaseUrl` (absolute `file:` or `postgresql://`), for tests and tools; `$disconnect()` it. */
export function connect(databaseUrl: string): Db {
  const { client, logins } = databaseUrl.startsWith('file:') ? onSqlite(databaseUrl) : onPostgresql(databaseUrl)
  setLoginStore(client, logins)
  return client
}

type Connected = { client: Db; logins: LoginStore }

function onSqlite(databaseUrl: string): Connected {
  const turns = newTurns()
  const logins = sqliteLoginStore(databaseUrl, turns)
  const adapter = sqliteAdapter(databaseUrl, { turns, beforeClosing: logins.close })
  return { client: new SqliteClient({ adapter, transactionOptions, errorFormat: 'minimal' }), logins }
}

function onPostgresql(databaseUrl: string): Connected {
  const logins = postgresqlLoginStore(databaseUrl)
  const adapter = closingFirst(postgresqlAdapter(databaseUrl), logins.close)
  return { client: postgresqlClient(adapter), logins }
}

/** The generated clients differ in nothing we use: same models, no provider-only features. */
export function postgresqlClient(adapter: PrismaPg): Db {
  return new PostgresqlClient({ adapter, transactionOptions, errorFormat: 'minimal' }) as unknown as Db
}

/** The adapter, which on `$disconnect()` ends another user of the database before itself. */
function closingFirst(factory: PrismaPg, close: () => Promise<void>): PrismaPg {
  const connect = factory.connect.bind(factory)
  factory.connect = async () => {
    const adapter = await connect()
    const dispose = adapter.dispose.bind(adapter)
    adapter.dispose = async () => {
      await close()
      await dispose()
    }
    return adapter
  }
  return factory
}

const usualPool = { max: 10, connectionTimeoutMillis: 5_000, application_name: 'keybound' }
type PoolSettings = Pick<PoolConfig, 'max' | 'connectionTimeoutMillis' | 'query_timeout' | 'application_name'>

/**
 * Prisma's adapter for a `postgresql://` URL; `?schema=` names the schema, as elsewhere in Prisma.
 * @param settings of the pool, where they are not the usual ones
 */
export function postgresqlAdapter(databaseUrl: string, settings: PoolSettings = {}): PrismaPg {
  const schema = new URL(databaseUrl).searchParams.get('schema') ?? undefined
  return withReadableTimes(new PrismaPg({ connectionString: databaseUrl, ...usualPool, ...settings }, { schema }))
}

const held = perProcess<Db>('db')

// SQLite transactions take turns, so a burst of logins has to be allowed to queue.
const transactionOptions = { maxWait: 10_000, timeout: 15_000 }
