import { statSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { makeFolder } from '../env-secret'
import { DatabaseError } from './database-error'
import { codesOf, messageOf } from './failure-codes'
import { openSession } from './sqlite/session'

/**
 * Makes sure the database answers and can be written; makes a SQLite file and its folder when they are not there.
 * @param databaseUrl absolute `file:` or `postgresql://`
 * @throws DatabaseError
 */
export async function checkReachable(databaseUrl: string, options: { patienceMs?: number } = {}): Promise<void> {
  if (databaseUrl.startsWith('file:')) await checkFile(databaseUrl.slice('file:'.length), options)
  else await checkServer(databaseUrl)
}

async function checkFile(file: string, { patienceMs }: { patienceMs?: number }): Promise<void> {
  const folder = path.dirname(file)
  try {
    makeFolder(folder)
  } catch (cause) {
    throw new DatabaseError(
      `The folder ${folder} cannot be made (${messageOf(cause)}); make its parent writable or change DATABASE_URL.`,
      { cause },
    )
  }
  try {
    const session = await openSession(`file:${file}`, patienceMs)
    try {
      await session.executeScript('PRAGMA journal_mode = WAL')
      // A file that can only be read takes the lock without complaint; a write, of the value that is there, tells.
      const { rows } = await session.queryRaw({ sql: 'PRAGMA user_version', args: [], argTypes: [] })
      await session.executeScript(`PRAGMA user_version = ${Number(rows[0]?.[0])}`)
    } finally {
      await session.dispose()
    }
  } catch (cause) {
    if (cause instanceof DatabaseError) throw cause
    throw new DatabaseError(sentenceForFile(file, cause), { cause })
  }
}

/** The problem of a database file, from SQLite's error. */
export function sentenceForFile(file: string, cause: unknown): string {
  const isFolder = statSync(file, { throwIfNoEntry: false })?.isDirectory() ?? false
  if (isFolder) return `${file} is a folder; point DATABASE_URL at a SQLite file or at one that does not exist yet.`
  const folder = path.dirname(file)
  // Primary result codes (https://www.sqlite.org/rescode.html).
  const sentences: Record<number, string> = {
    5: `The database file ${file} is locked by another process; end that process and start again.`,
    8: `The database file ${file} is read-only for this user; make it and the folder ${folder} writable, or change DATABASE_URL.`,
    10: `The database file ${file} cannot be read or written (${messageOf(cause)}); check the disk, its free space and its mount.`,
    11: `The database file ${file} is damaged (${messageOf(cause)}); restore it from a backup.`,
    13: `There is no room on the disk of ${file}; make room and start again.`,
    14: `The database file ${file} cannot be opened; make it and the folder ${folder} readable and writable for this user, or change DATABASE_URL.`,
    26: `${file} is not a SQLite database; point DATABASE_URL at a SQLite file or at one that does not exist yet.`,
  }
  const known = codesOf(cause).flatMap((code) => (/^\d+$/.test(code) ? [sentences[Number(code) & 0xff]] : []))
  return known[0] ?? `The database file ${file} cannot be used (${messageOf(cause)}); check DATABASE_URL and the file.`
}

async function checkServer(databaseUrl: string): Promise<void> {
  let client: pg.Client | undefined
  try {
    // Reads the files that the URL names (sslrootcert, sslcert, sslkey).
    client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5_000 })
    // Without a listener a connection lost between two lines would end the process.
    client.on('error', () => {})
    await client.connect()
    const { rows } = await client.query("SELECT current_setting('transaction_read_only') = 'on' AS read_only")
    if (rows[0]?.read_only) throw Object.assign(new Error('The server takes no writes'), { code: '25006' })
  } catch (cause) {
    throw new DatabaseError(sentenceForServer(databaseUrl, cause), { cause })
  } finally {
    await client?.end().catch(() => {})
  }
}

/** The problem of a PostgreSQL server, from its error or that of the connection. */
export function sentenceForServer(databaseUrl: string, cause: unknown): string {
  const { hostname, port, username, pathname, searchParams } = new URL(databaseUrl)
  const server = `${hostname || searchParams.get('host') || 'localhost'}:${port || 5432}`
  const user = decodeURIComponent(username) || 'the user'
  const database = decodeURIComponent(pathname.slice(1))
  const certificate = `The certificate of PostgreSQL at ${server} is not trusted (${messageOf(cause)}); name its authority with sslrootcert= in DATABASE_URL, or correct the certificate.`
  const sentences: Record<string, string> = {
    ECONNREFUSED: `PostgreSQL does not answer at ${server}; start it or correct the host and port in DATABASE_URL.`,
    ETIMEDOUT: `PostgreSQL does not answer at ${server}; correct the host and port in DATABASE_URL, or open the way to it.`,
    ENOTFOUND: `The PostgreSQL host ${hostname} is not known; correct the host in DATABASE_URL.`,
    EAI_AGAIN: `The PostgreSQL host ${hostname} cannot be looked up; correct the host in DATABASE_URL or repair DNS.`,
    '25006': `PostgreSQL at ${server} takes no writes (it is a standby or set to read-only); name the primary server in DATABASE_URL.`,
    '28P01': `PostgreSQL at ${server} refuses the password of ${user}; correct the user and password in DATABASE_URL.`,
    '28000': `PostgreSQL at ${server} does not let ${user} in (${messageOf(cause)}); correct the user in DATABASE_URL, or allow it in pg_hba.conf.`,
    '3D000': `PostgreSQL at ${server} has no database "${database}"; create it or correct DATABASE_URL.`,
    '42501': `PostgreSQL at ${server} does not let ${user} use the database "${database}" (${messageOf(cause)}); grant the right or correct the user in DATABASE_URL.`,
    '53100': `PostgreSQL at ${server} has no room left on its disk; make room and start again.`,
    '53300': `PostgreSQL at ${server} has no connection left; raise max_connections or end other clients.`,
    '57P03': `PostgreSQL at ${server} is still starting or stopping; try again in a moment.`,
    CERT_HAS_EXPIRED: certificate,
    DEPTH_ZERO_SELF_SIGNED_CERT: certificate,
    ERR_TLS_CERT_ALTNAME_INVALID: certificate,
    SELF_SIGNED_CERT_IN_CHAIN: certificate,
    UNABLE_TO_GET_ISSUER_CERT_LOCALLY: certificate,
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: certificate,
  }
  const known = codesOf(cause).find((code) => code in sentences)
  if (known) return sentences[known] ?? ''
  const problem = messageOf(cause)
  if (/does not support SSL/i.test(problem)) {
    return `PostgreSQL at ${server} speaks no TLS; turn it on there, or remove sslmode from DATABASE_URL if the way to it is safe.`
  }
  if (/connection terminated|unexpected|timeout/i.test(problem)) {
    return `What answers at ${server} does not speak PostgreSQL, or not in time (${problem}); correct the host and port in DATABASE_URL.`
  }
  return `PostgreSQL at ${server} cannot be used (${problem}); check DATABASE_URL and the server.`
}
