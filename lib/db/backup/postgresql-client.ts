import pg from 'pg'
import { DatabaseError } from '../database-error'
import { sentenceForServer } from '../reachable'
import type { Catalogue } from './table'

/**
 * A connection with one long transaction, in the schema that the URL names. What is set holds for that transaction: behind a pooler,
 * the next one may have another connection to the server.
 * @param begin the statement that begins the transaction
 * @throws DatabaseError
 */
export async function openPostgresql(databaseUrl: string, begin: string): Promise<pg.Client> {
  const client = await connectPostgresql(databaseUrl, 'keybound-backup')
  try {
    await client.query(begin)
    await client.query(`SELECT set_config('search_path', $1, true)`, [pg.escapeIdentifier(schemaOf(databaseUrl))])
    // Reading or writing all rows takes longer than a server allows its requests.
    await client.query('SET LOCAL statement_timeout = 0')
    return client
  } catch (cause) {
    await client.end().catch(() => {})
    throw new DatabaseError(sentenceForServer(databaseUrl, cause), { cause })
  }
}

/**
 * A connection without a transaction.
 * @param name by which an administrator of the server knows it
 * @throws DatabaseError
 */
export async function connectPostgresql(databaseUrl: string, name: string): Promise<pg.Client> {
  const url = new URL(databaseUrl)
  url.searchParams.delete('schema')
  let client: pg.Client | undefined
  try {
    // Reads the files that the URL names (sslrootcert, sslcert, sslkey).
    client = new pg.Client({ connectionString: url.href, connectionTimeoutMillis: 5_000, application_name: name })
    // Without a listener a connection lost between two statements would end the process.
    client.on('error', () => {})
    await client.connect()
    return client
  } catch (cause) {
    await client?.end().catch(() => {})
    throw new DatabaseError(sentenceForServer(databaseUrl, cause), { cause })
  }
}

export const schemaOf = (databaseUrl: string) => new URL(databaseUrl).searchParams.get('schema') ?? 'public'

export async function postgresqlCatalogue(client: pg.Client): Promise<Catalogue> {
  const columns = await client.query<Catalogue['columns'][number]>(
    `SELECT table_name AS "table", column_name AS "column", data_type AS "type"
     FROM information_schema.columns WHERE table_schema = current_schema()`,
  )
  const references = await client.query<Catalogue['references'][number]>(
    `SELECT f.relname AS "from", t.relname AS "to" FROM pg_constraint c
     JOIN pg_class f ON f.oid = c.conrelid JOIN pg_class t ON t.oid = c.confrelid
     JOIN pg_namespace n ON n.oid = f.relnamespace
     WHERE c.contype = 'f' AND n.nspname = current_schema()`,
  )
  return { columns: columns.rows, references: references.rows }
}
