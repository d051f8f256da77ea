import { PrismaPg } from '@prisma/adapter-pg'
import { perProcess } from '@/lib/per-process'
import { env } from '../env'
import { PrismaClient as PostgresqlClient } from './generated/postgresql/client'
import { type Prisma, PrismaClient as SqliteClient } from './generated/sqlite/client'
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
  if (databaseUrl.startsWith('file:')) {
    return new SqliteClient({ adapter: sqliteAdapter(databaseUrl), transactionOptions, errorFormat: 'minimal' })
  }
  const adapter = postgresqlAdapter(databaseUrl)
  return asDb(new PostgresqlClient({ adapter, transactionOptions, errorFormat: 'minimal' }))
}

/** Prisma's adapter for a `postgresql://` URL; `?schema=` names the schema, as elsewhere in Prisma. */
export function postgresqlAdapter(databaseUrl: string): PrismaPg {
  const schema = new URL(databaseUrl).searchParams.get('schema') ?? undefined
  return new PrismaPg(
    { connectionString: databaseUrl, max: 10, connectionTimeoutMillis: 5_000, application_name: 'keybound' },
    { schema },
  )
}

const held = perProcess<Db>('db')

// SQLite transactions take turns, so a burst of logins has to be allowed to queue.
const transactionOptions = { maxWait: 10_000, timeout: 15_000 }

/** The generated clients differ in nothing we use: same models, no provider-only features. */
function asDb(client: PostgresqlClient): Db {
  return client as unknown as Db
}
