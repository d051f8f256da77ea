import { codesOf, messageOf } from './failure-codes'

/**
 * Why the database, or the disk below it, does not do its work:
 * - `unreachable` it does not answer, refuses the connection or broke it off
 * - `busy` another process holds a lock, or there is no connection left, longer than anyone waits
 * - `read-only` it takes no writes: a file or file system mounted so, a standby server
 * - `full` there is no space left
 * - `damaged` a file cannot be read or written, or is not what it was
 * - `refused` it no longer lets this user in, or the database is gone
 */
const databaseProblems = ['unreachable', 'busy', 'read-only', 'full', 'damaged', 'refused'] as const
export type DatabaseProblem = (typeof databaseProblems)[number]

/** For the operator; a caller is told no more than that the database cannot be used. */
export const problemSentences: Record<DatabaseProblem, string> = {
  unreachable: 'The database does not answer.',
  busy: 'The database is locked or has no connection left.',
  'read-only': 'The database takes no writes.',
  full: 'There is no space left where the database is.',
  damaged: 'The database cannot be read or written: its disk or its file is at fault.',
  refused: 'The database does not let this server in.',
}

/** The problem of the database that a failure shows; null for a failure of another kind. */
export function databaseProblemOf(failure: unknown): DatabaseProblem | null {
  const codes = codesOf(failure)
  // What the driver was told is more exact than what Prisma makes of it.
  for (const code of codes.toReversed()) {
    const problem = problemOf(code)
    if (problem) return problem
  }
  // A lost connection has no code at all.
  return codes.length === 0 && lostConnection.test(messageOf(failure)) ? 'unreachable' : null
}

function problemOf(code: string): DatabaseProblem | undefined {
  // The low byte of SQLite's extended codes is the primary one; PostgreSQL's have five characters.
  if (/^\d{1,4}$/.test(code)) return sqlite[Number(code) & 0xff]
  return others[code] ?? classes[code.length === 5 ? code.slice(0, 2) : '']
}

/** https://www.sqlite.org/rescode.html */
const sqlite: Record<number, DatabaseProblem> = {
  5: 'busy',
  6: 'busy',
  8: 'read-only',
  10: 'damaged',
  11: 'damaged',
  13: 'full',
  14: 'unreachable',
  26: 'damaged',
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html, by class. */
const classes: Record<string, DatabaseProblem> = { '08': 'unreachable', '58': 'damaged', F0: 'damaged', XX: 'damaged' }

const others: Record<string, DatabaseProblem> = {
  '25006': 'read-only',
  '28000': 'refused',
  '28P01': 'refused',
  '3D000': 'refused',
  '42501': 'refused',
  '53100': 'full',
  '53200': 'busy',
  '53300': 'busy',
  '55P03': 'busy',
  // A limit of the role or the database: statement_timeout, idle_in_transaction_session_timeout.
  '57014': 'busy',
  '25P03': 'busy',
  '57P01': 'unreachable',
  '57P02': 'unreachable',
  '57P03': 'unreachable',
  '57P05': 'unreachable',
  // Node's.
  ECONNREFUSED: 'unreachable',
  ECONNRESET: 'unreachable',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ENOTFOUND: 'unreachable',
  EAI_AGAIN: 'unreachable',
  EPIPE: 'unreachable',
  ETIMEDOUT: 'unreachable',
  ENOSPC: 'full',
  EROFS: 'read-only',
  EIO: 'damaged',
  // Prisma's (https://www.prisma.io/docs/orm/reference/error-reference).
  P1000: 'refused',
  P1001: 'unreachable',
  P1002: 'unreachable',
  P1003: 'refused',
  P1008: 'busy',
  P1010: 'refused',
  P1011: 'unreachable',
  P1017: 'unreachable',
  P2024: 'busy',
  P2028: 'busy',
  P2037: 'busy',
}

/** Messages of `pg` and its pool for a connection that could not be opened, or broke. */
const lostConnection =
  /^(?:Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Cannot use a pool after calling end|Query read timeout)/i
