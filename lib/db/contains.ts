import { databaseKind } from './client'

/**
 * A filter for text that contains another, whatever the case; `%` and `_` are plain characters. SQLite's LIKE ignores the
 * case of ASCII by itself and its client knows no `mode`; PostgreSQL wants it said.
 */
export function contains(text: string): { contains: string } {
  const filter = { contains: plain(text) }
  return databaseKind() === 'postgresql' ? Object.assign(filter, { mode: 'insensitive' }) : filter
}

/** A filter for text that begins with another; `%` and `_` are plain characters. */
export const startsWith = (text: string) => ({ startsWith: plain(text) })

/** What LIKE gives a meaning, taken from it. */
const plain = (text: string) => text.replaceAll(/[\\%_]/g, '\\$&')
