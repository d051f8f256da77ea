import { isInstant } from '@/lib/trust/instant'
import { bounds } from './offset-page'

/** A place in a list that is ordered by time and id, newest first. */
export type Place = { at: Date; id: string }

export const newest = [{ at: 'desc' as const }, { id: 'desc' as const }]

/**
 * The same within one owner. PostgreSQL does not see that rows without an owner are in the index's order unless the order
 * names the owner too.
 */
export const newestOfOwner = [{ organizationId: 'desc' as const }, ...newest]

/** A page of such a list. */
export type Page<Row> = {
  rows: Row[]
  /** Where the next page begins; null at the end. */
  next: string | null
  /** How far was looked, where not every row was: those that match may be few and far back. */
  lookedBackTo: Date | null
}

type Reading<Row, Where> = {
  /** Reads rows in order, newest first, from one index range. */
  read: (where: Where, take: number) => Promise<Row[]>
  /** The place so many rows further on in the same range; null when it ends before. */
  skip: (where: Where, rows: number) => Promise<Place | null>
  /** The part of a filter that an index serves: the owner, and at most one condition. */
  indexed: Where
  /** Conditions compared row by row; null = none. */
  compared: Where | null
  from?: string | undefined
  to?: string | undefined
  cursor?: string | undefined
  limit: number
  /** Rows looked through for one page by a filter that no index serves. */
  windowRows?: number
}

/**
 * One page by time and id. A filter that no index serves is compared with a bounded number of rows, so that a page never
 * costs more than those; `next` goes on where it stopped.
 */
export async function readPage<Row extends Place, Where extends object>(
  reading: Reading<Row, Where>,
): Promise<Page<Row>> {
  const { read, skip, indexed, compared, from, to, cursor, limit, windowRows = bounds.comparedRecords } = reading
  const after = cursor === undefined ? null : parseCursor(cursor)
  const range = { ...indexed, ...timeRange({ from, to, after }) }
  const end = compared === null ? null : await skip(range, windowRows)
  const where = compared === null ? range : { AND: [range, compared, ...(end ? [notBefore(end)] : [])] }
  const found = await read(where as Where, limit + 1)
  const rows = found.slice(0, limit)
  const last = rows.at(-1)
  if (found.length > limit && last) return { rows, next: toCursor(last), lookedBackTo: null }
  return { rows, next: end && toCursor(end), lookedBackTo: end?.at ?? null }
}

/** The bound on `at` is one of the index; that on the id only parts rows of one millisecond. */
function timeRange({ from, to, after }: { from?: string | undefined; to?: string | undefined; after: Place | null }) {
  const latest = [...(to ? [new Date(to)] : []), ...(after ? [after.at] : [])].map((date) => date.getTime())
  return {
    at: {
      ...(from ? { gte: new Date(from) } : {}),
      ...(latest.length > 0 ? { lte: new Date(Math.min(...latest)) } : {}),
    },
    ...(after ? { OR: [{ at: { lt: after.at } }, { at: after.at, id: { lt: after.id } }] } : {}),
  }
}

const notBefore = ({ at, id }: Place) => ({ at: { gte: at }, OR: [{ at: { gt: at } }, { at, id: { gte: id } }] })

/** A place in a list by time and id. */
export const toCursor = ({ at, id }: Place) => `${at.toISOString()}~${id}`

/** A cursor that was not made here answers like the end of the list. */
export function parseCursor(cursor: string): Place {
  const [at = '', id = ''] = cursor.split('~')
  const instant = new Date(at)
  return { at: isInstant(instant) ? instant : new Date(0), id }
}
