import { databaseKind } from './client'

/**
 * A filter for text that contains another, whatever the case. SQLite's LIKE ignores the case of ASCII by itself and its
 * client knows no `mode`; PostgreSQL wants it said.
 */
export function contains(text: string): { contains: string } {
  const filter = { contains: text }
  return databaseKind() === 'postgresql' ? Object.assign(filter, { mode: 'insensitive' }) : filter
}
