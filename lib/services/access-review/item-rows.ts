import type { Db } from '@/lib/db/client'
import type { ItemRow } from './review-row'

/** Rows of one statement, and in memory at a time. */
export const batchRows = 200

/** Items of a review by their numbers, all of them or those about some things, in batches. */
export async function* itemRows(
  db: Db,
  reviewId: string,
  thingIds: readonly string[] | null = null,
): AsyncGenerator<ItemRow> {
  for (let after = 0; ; ) {
    const rows = await db.accessReviewItem.findMany({
      where: { reviewId, number: { gt: after }, ...(thingIds && { thingId: { in: [...thingIds] } }) },
      orderBy: { number: 'asc' },
      take: batchRows,
    })
    yield* rows
    const last = rows.at(-1)
    if (!last || rows.length < batchRows) return
    after = last.number
  }
}
