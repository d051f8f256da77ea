import path from 'node:path'
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import pg from 'pg'
import { makeFolder } from '../env'

/** The database cannot be used. The message is one sentence that says what to change; it never holds the password. */
export class DatabaseError extends Error {
  override name = 'DatabaseError'
}

/**
 * Makes sure the database answers and, for SQLite, can be written; makes its file and folder when they are not there.
 * @param databaseUrl absolute `file:` or `postgresql://`
 * @throws DatabaseError
 */
export async function checkReachable(databaseUrl: string): Promise<void> {
  if (databaseUrl.startsWith('file:')) await checkFile(databaseUrl.slice('file:'.length))
  else await checkServer(databaseUrl)
}

async function checkFile(file: string): Promise<void> {
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
    const adapter = await new PrismaBetterSqlite3({ url: `file:${file}` }).connect()
    try {
      // Takes the write lock and gives it back: a read-only file or folder shows here, not at the first login.
      await adapter.executeScript('PRAGMA journal_mode = WAL; BEGIN IMMEDIATE; ROLLBACK;')
    } finally {
      await adapter.dispose()
    }
  } catch (cause) {
    throw new DatabaseError(
      `The database file ${file} cannot be opened for writing (${messageOf(cause)}); ${adviceForFile(cause)}.`,
      { cause },
    )
  }
}

function adviceForFile(cause: unknown): string {
  const problem = messageOf(cause)
  if (/not a database/i.test(problem)) return 'point DATABASE_URL at a SQLite file or at one that does not exist yet'
  if (/locked|busy|timeout/i.test(problem)) return 'end the other process that is writing to it'
  if (/full|I\/O/i.test(problem)) return 'make room on the disk or check that it works'
  return 'make the file and its folder writable for this user or change DATABASE_URL'
}

async function checkServer(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5_000 })
  // Without a listener a connection lost between two lines would end the process.
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('SELECT 1')
  } catch (cause) {
    throw new DatabaseError(sentenceForServer(databaseUrl, cause), { cause })
  } finally {
    await client.end().catch(() => {})
  }
}

function sentenceForServer(databaseUrl: string, cause: unknown): string {
  const { hostname, port, username, pathname, searchParams } = new URL(databaseUrl)
  const server = `${hostname || searchParams.get('host') || 'localhost'}:${port || 5432}`
  const user = decodeURIComponent(username) || 'the user'
  const sentences: Record<string, string> = {
    ECONNREFUSED: `PostgreSQL does not answer at ${server}; start it or correct the host and port in DATABASE_URL.`,
    ENOTFOUND: `The PostgreSQL host ${hostname} is not known; correct the host in DATABASE_URL.`,
    EAI_AGAIN: `The PostgreSQL host ${hostname} cannot be looked up; correct the host in DATABASE_URL or repair DNS.`,
    '28P01': `PostgreSQL at ${server} refuses the password of ${user}; correct the user and password in DATABASE_URL.`,
    '28000': `PostgreSQL at ${server} does not let ${user} in; correct the user in DATABASE_URL or allow it in pg_hba.conf.`,
    '3D000': `PostgreSQL at ${server} has no database "${pathname.slice(1)}"; create it or correct DATABASE_URL.`,
    '53300': `PostgreSQL at ${server} has no connection left; raise max_connections or end other clients.`,
    '57P03': `PostgreSQL at ${server} is still starting or stopping; try again in a moment.`,
  }
  const known = sentences[codeOf(cause)]
  return known ?? `PostgreSQL at ${server} cannot be used (${messageOf(cause)}); check DATABASE_URL and the server.`
}

/** Node groups the failures of a host with several addresses; the first speaks for all. */
function codeOf(cause: unknown): string {
  const first = cause instanceof AggregateError ? cause.errors[0] : cause
  return first instanceof Error && 'code' in first ? String(first.code) : ''
}

function messageOf(cause: unknown): string {
  const first = cause instanceof AggregateError ? cause.errors[0] : cause
  const message = first instanceof Error ? first.message : String(first)
  return message.split('\n', 1)[0]?.replace(/\.$/, '') ?? ''
}
