import { z } from 'zod'
import { storedOrNull } from '@/lib/db/stored-json'
import { invalidField } from '@/lib/errors'
import { isInstant } from '@/lib/trust/instant'
import { idsOfPart } from './in-parts'

/** Rows that are counted beyond a page: a total is exact up to there, and the least there are above. */
export const countedMax = 1_000
/** Rows that a page of our own API may skip; a cursor leads on. */
export const offsetMax = 10_000
/**
 * Rows that are compared, for one page, with a filter that no index serves; of decisions and audit entries fewer, for they are long.
 * Ids that are named in a statement.
 */
export const bounds = { comparedRows: 10_000, comparedRecords: 5_000, idsOfStatement: idsOfPart }

type Direction = 'asc' | 'desc'
type Order = Record<string, Direction>[]

/** A part of a list: what an index serves, and the columns it orders after that, the last of them unique. None may be null. */
export type Range<Where> = { indexed: Where; order: readonly string[]; direction: Direction }

type Reading<Row, Where> = {
  read: (where: Where, page: { orderBy: Order; take: number; skip: number }) => Promise<Row[]>
  /** The row so many rows further on in a range, its ordered columns at least; null when the range ends before. */
  place: (where: Where, page: { orderBy: Order; skip: number }) => Promise<object | null>
  count: (where: Where, page: { orderBy: Order; take: number }) => Promise<number>
  /** The parts of the list, one after the other. */
  ranges: readonly Range<Where>[]
  /** Conditions compared row by row; null = none. */
  compared: Where | null
  limit: number
  offset: number
  /** Where the page begins: `next` of the page before. Then `offset` does not count. */
  cursor?: string | undefined
  /** Whether rows are counted; they are unless it is said. */
  isCounted?: boolean
  windowRows?: number
}

export type OffsetPage<Row> = {
  rows: Row[]
  /** How many there are; the least, if `isMore`. Null by a cursor, or where nothing was counted. */
  total: number | null
  isMore: boolean
  /** Where the next page begins; null at the end. */
  next: string | null
  /** How many rows were compared with the filter, where those were not all; else null. `next` goes on after them. */
  comparedRows: number | null
}

/**
 * A page of a list, read from index ranges. What it costs is bounded: by offset and limit, by the rows that are counted for the
 * total, and by the rows that are compared with what no index serves.
 * @throws AppError `invalid` (a cursor that was not made for this list)
 */
export async function readOffsetPage<Row extends object, Where extends object>(
  reading: Reading<Row, Where>,
): Promise<OffsetPage<Row>> {
  const { read, place, count, ranges, compared, limit, offset, cursor } = reading
  const { windowRows = bounds.comparedRows, isCounted = true } = reading
  const from = cursor === undefined ? null : parseCursor(cursor, ranges)
  const countedTo = offset + limit + countedMax
  const found: { row: Row; at: number }[] = []
  let [skip, total, left] = [from ? 0 : offset, 0, windowRows]
  let cutAt: string | null = null
  for (let at = from?.at ?? 0; at < ranges.length && cutAt === null; at++) {
    const range = ranges[at] as Range<Where>
    const orderBy = range.order.map((column) => ({ [column]: range.direction }))
    const begun = from?.at === at ? both(range.indexed, beyond(range, from.values, false)) : range.indexed
    const end = compared ? await place(begun, { orderBy, skip: left }) : null
    const window = end ? both(begun, upTo(range, valuesOf(end, range))) : begun
    const where = compared ? both(window, compared) : window
    const here =
      from || !isCounted || total >= countedTo ? null : await count(where, { orderBy, take: countedTo - total })
    if (found.length <= limit && (here === null || skip < here)) {
      const rows = await read(where, { orderBy, take: limit + 1 - found.length, skip })
      found.push(...rows.map((row) => ({ row, at })))
      skip = 0
    } else skip -= here ?? 0
    total += here ?? 0
    if (end) cutAt = toCursor(at, valuesOf(end, range))
    else if (compared && at + 1 < ranges.length)
      left = Math.max(1, left - (await count(begun, { orderBy, take: left })))
    if (found.length > limit && (from || total >= countedTo)) break
  }
  const last = found.length > limit ? found[limit - 1] : undefined
  return {
    rows: found.slice(0, limit).map(({ row }) => row),
    total: from || !isCounted ? null : total,
    isMore: !from && total >= countedTo,
    next: last ? toCursor(last.at, valuesOf(last.row, ranges[last.at] as Range<Where>)) : cutAt,
    comparedRows: cutAt === null ? null : windowRows,
  }
}

const both = <Where extends object>(one: Where, other: object) => ({ AND: [one, other] }) as unknown as Where

type Value = string | Date

const valuesOf = (row: object, { order }: Pick<Range<unknown>, 'order'>) =>
  order.map((column) => (row as Record<string, Value>)[column] ?? '')

const upTo = (range: Range<unknown>, values: readonly Value[]) => beyond(reversed(range), values, true)
const reversed = <Where>(range: Range<Where>): Range<Where> => ({
  ...range,
  direction: range.direction === 'asc' ? 'desc' : 'asc',
})

/**
 * The rows after a place, in the order of a range. The bound on the first column is one of the index; the others part rows
 * that are the same there.
 */
function beyond({ order, direction }: Range<unknown>, values: readonly Value[], isIncluded: boolean): object {
  const further = direction === 'asc' ? 'gt' : 'lt'
  const last = isIncluded ? `${further}e` : further
  const compare = ([column = '', ...columns]: readonly string[], [value, ...rest]: readonly Value[]): object =>
    columns.length === 0
      ? { [column]: { [last]: value } }
      : { OR: [{ [column]: { [further]: value } }, { AND: [{ [column]: value }, compare(columns, rest)] }] }
  const [first = ''] = order
  const bound = { [first]: { [order.length === 1 ? last : `${further}e`]: values[0] } }
  return order.length === 1 ? bound : { AND: [bound, compare(order, values)] }
}

const toCursor = (at: number, values: readonly Value[]) =>
  Buffer.from(JSON.stringify([at, ...values])).toString('base64url')

/** @throws AppError `invalid` */
function parseCursor(cursor: string, ranges: readonly Range<unknown>[]): { at: number; values: Value[] } {
  const [at = 0, ...values] = storedOrNull(Buffer.from(cursor, 'base64url').toString(), Cursor) ?? []
  const range = ranges[at]
  if (!range || values.length !== range.order.length) throw unknownCursor()
  return { at, values: values.map((value, index) => toValue(range.order[index] ?? '', value)) }
}

const Cursor = z.tuple([z.int().min(0)]).rest(z.string().max(2_000))

function toValue(column: string, value: string): Value {
  if (value.includes('\0')) throw unknownCursor()
  if (!column.endsWith('At')) return value
  const date = new Date(value)
  if (!isInstant(date)) throw unknownCursor()
  return date
}

const unknownCursor = () =>
  invalidField(
    ['cursor'],
    'This is not a cursor of this list. Send `next` of the previous page, with the same filters.',
    'cursor',
  )
