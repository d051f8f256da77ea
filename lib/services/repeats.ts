import { LRUCache } from 'lru-cache'

/** The window in which what repeats is counted together. */
const windowMs = 3_600_000
/** Keys remembered of each kind; the one that was not asked for longest goes first. */
const keysMax = 20_000
/** Rows remembered of one key: those that came at once do not see each other's row, so each may write one. */
const rowsMax = 16

type Seen = { sinceMs: number; count: number; rowIds: string[] }

/**
 * Remembers, per process, how often something occurred within an hour, and the row in which further occurrences are counted. A
 * restart, or another server, starts from zero and adds a few more rows.
 */
export function repeats({ ownMax }: { ownMax: number }) {
  const seen = new LRUCache<string, Seen>({ max: keysMax })
  const current = (key: string, nowMs: number): Seen => {
    const known = seen.get(key)
    if (known && nowMs >= known.sinceMs && nowMs - known.sinceMs < windowMs) return known
    const fresh = { sinceMs: nowMs, count: 0, rowIds: [] }
    seen.set(key, fresh)
    return fresh
  }
  return {
    /** Whether the next one would add a row. */
    needsRow(key: string, nowMs: number): boolean {
      const { count, rowIds } = current(key, nowMs)
      return count < ownMax || rowIds.length === 0
    },
    /** Counts one: null if it gets its own row, otherwise the rows in which it can be counted. */
    count(key: string, nowMs: number): readonly string[] | null {
      const entry = current(key, nowMs)
      entry.count += 1
      return entry.count <= ownMax ? null : entry.rowIds
    },
    /** What comes from now on can be counted into this row, if its transaction is not undone. */
    countInto(key: string, nowMs: number, rowId: string): void {
      const entry = current(key, nowMs)
      entry.rowIds = [...entry.rowIds, rowId].slice(-rowsMax)
    },
  }
}

/** Rows that may be added in an hour, by key. */
export function hourlyRows(max: number) {
  const seen = new LRUCache<string, { sinceMs: number; rows: number }>({ max: keysMax })
  return {
    /** Takes one, if there is one left. */
    take(key: string, nowMs: number): boolean {
      const known = seen.get(key)
      const isCurrent = known && nowMs >= known.sinceMs && nowMs - known.sinceMs < windowMs
      const entry = isCurrent ? known : { sinceMs: nowMs, rows: 0 }
      if (!isCurrent) seen.set(key, entry)
      if (entry.rows >= max) return false
      entry.rows += 1
      return true
    },
  }
}

/** One way to count repeats together, and what the rows it adds are taken from. */
type Level = {
  repeats: ReturnType<typeof repeats>
  key: string
  budgets: { rows: ReturnType<typeof hourlyRows>; key: string }[]
}

/** The rows that one can be counted into, and where to say that there is another. */
export type Folded = { rowIds: readonly string[]; countInto: (rowId: string) => void }

type Placed = {
  /** 0 for the finest level. */
  level: number
  /** Null for one that has a row of its own. */
  folded: Folded | null
}

/**
 * Counts one that came at `nowMs` at the finest level that may still add a row, or need not. The last level has no
 * budget, so its keys must be few.
 * @param levels from the finest to the widest
 */
export function placeRepeat(levels: readonly Level[], nowMs: number): Placed {
  const found = levels.findIndex(
    ({ repeats: known, key, budgets }) =>
      !known.needsRow(key, nowMs) || budgets.every(({ rows, key: of }) => rows.take(of, nowMs)),
  )
  const level = found < 0 ? levels.length - 1 : found
  const at = levels[level]
  if (!at) throw new TypeError('There must be a level.')
  const rowIds = at.repeats.count(at.key, nowMs)
  if (!rowIds) return { level, folded: null }
  return { level, folded: { rowIds, countInto: (rowId) => at.repeats.countInto(at.key, nowMs, rowId) } }
}
