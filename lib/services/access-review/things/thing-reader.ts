import type { Db, Tx } from '@/lib/db/client'
import type { ReviewSnapshot } from '@/lib/model/access-review'
import { isWide } from '@/lib/model/access-review'
import type { Managing } from '../../in-organization'
import { readOffsetPage } from '../../offset-page'
import type { Judging } from '../../posture/trust-subject'

type Reading = { db: Db | Tx; organizationId: string; now: Date }
type Place = { cursor: string | undefined; limit: number }

/** Things of one kind that can be reviewed. */
export type ThingReader = {
  /** A page of them, in an order that an index serves. */
  page: (reading: Reading, at: Place) => Promise<{ rows: { id: string; createdAt: Date }[]; next: string | null }>
  /** How many there are; of very many, so many as are given. */
  count: (reading: Reading, countedMax: number) => Promise<number>
  /** What each allows now, by its id. Those that are gone are left out. */
  snapshots: (judging: Judging, organizationId: string, ids: readonly string[]) => Promise<Map<string, ReviewSnapshot>>
  /** The ids of those that are what was read of them, as far as their own rows say it. */
  unchanged: (
    tx: Tx,
    organizationId: string,
    seen: ReadonlyMap<string, Pick<ReviewSnapshot, 'version' | 'role'>>,
  ) => Promise<Set<string>>
  /** Removes one, with its own checks and its own entry in the audit. */
  remove: (tx: Tx, ctx: Managing, id: string) => Promise<unknown>
}

type Listed<Row, Where> = {
  /** What an index serves, and the columns it orders after that, the last of them unique. */
  indexed: Where
  order: readonly string[]
  read: Parameters<typeof readOffsetPage<Row & object, Where & object>>[0]['read']
}

/** A page of things, which are neither counted nor compared. */
export async function readThings<Row extends object, Where extends object>(
  at: Place,
  { indexed, order, read }: Listed<Row, Where>,
): Promise<{ rows: Row[]; next: string | null }> {
  const { rows, next } = await readOffsetPage<Row, Where>({
    ...{ ...at, offset: 0, compared: null, isCounted: false, read },
    ranges: [{ indexed, order, direction: 'asc' }],
    place: async () => null,
    count: async () => 0,
  })
  return { rows, next }
}

/** The ids of rows that are as they were read. */
export function idsWhere<Row, Seen>(
  rows: readonly Row[],
  seen: ReadonlyMap<string, Seen>,
  idOf: (row: Row) => string,
  isSame: (row: Row, seen: Seen) => boolean,
): Set<string> {
  return new Set(
    rows.flatMap((row) => {
      const then = seen.get(idOf(row))
      return then && isSame(row, then) ? [idOf(row)] : []
    }),
  )
}

type Facts = Pick<ReviewSnapshot, 'name' | 'sentence'> & Partial<ReviewSnapshot>

/** A snapshot of what is known of a thing; what is left out does not apply to it. */
export function toSnapshot(facts: Facts): ReviewSnapshot {
  const { findings = [], strangers = null, judged = 'yes' } = facts
  return {
    ...{ role: null, lastUsedAt: null, enabled: null, method: null, version: null, ownerId: null, ownerName: null },
    ...facts,
    ...{ findings, strangers, judged, isWide: isWide({ findings, strangers }) },
  }
}

export const isoOrNull = (at: Date | null | undefined) => at?.toISOString() ?? null
