import type { Value } from './table'

const rowsMax = 1_000
/** Characters of a group: rows may be hundreds of kilobytes. */
const charactersWanted = 4_000_000

/** Says how many rows to read next, by the size of those read last. */
export function groupSize() {
  let size = 50
  return {
    next: () => size,
    had(rows: Value[][]) {
      const characters = rows.reduce((sum, row) => sum + charactersOf(row), 0)
      const fitting = rows.length === 0 ? size : Math.floor((rows.length * charactersWanted) / Math.max(1, characters))
      // Grows slowly: the next rows may be larger.
      size = Math.max(1, Math.min(fitting, 2 * size, rowsMax))
    },
  }
}

const charactersOf = (row: Value[]) =>
  row.reduce<number>((sum, value) => sum + (typeof value === 'string' ? value.length : 8), 0)
