import type { Column } from './data-table-columns'

/** Column that orders the list. */
export type Sort = { id: string; desc: boolean }

/** Returns the rows in the order of a column; equal ones keep theirs. No value comes before every other. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sort: Sort | null,
): readonly Row[] {
  const column = sort && columns.find(({ id }) => id === sort.id)
  if (!column) return rows
  const by = sort.desc ? -1 : 1
  return rows
    .map((row) => ({ row, value: column.read(row) }))
    .sort((one, other) => by * compare(one.value, other.value))
    .map(({ row }) => row)
}

/**
 * Returns the order after a click on a column's header: its first direction, the other one, then none. Text begins with A, numbers
 * with the highest.
 */
export function nextSort<Row>(column: Column<Row>, rows: readonly Row[], sort: Sort | null): Sort | null {
  const [first] = rows
  const descFirst = first === undefined || typeof column.read(first) !== 'string'
  if (sort?.id !== column.id) return { id: column.id, desc: descFirst }
  return sort.desc === descFirst ? { id: column.id, desc: !descFirst } : null
}

const inWords = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

function compare(one: unknown, other: unknown): number {
  if (typeof one === 'string' && typeof other === 'string') return inWords.compare(one, other)
  const [a, b] = [rankOf(one), rankOf(other)]
  return a < b ? -1 : a > b ? 1 : 0
}

/** Numbers, booleans and times as numbers; what is none as less than all. */
function rankOf(value: unknown): number {
  if (typeof value === 'string') return Number.POSITIVE_INFINITY
  return value === null || value === undefined ? Number.NEGATIVE_INFINITY : Number(value)
}
