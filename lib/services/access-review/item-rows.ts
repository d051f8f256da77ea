import type { Db } from '@/lib/db/client'
import { allRows } from '../all-rows'
import type { ItemRow } from './review-row'

/** Rows of one statement, and in memory at a time. */
export const batchRows = 200

/** Items of a review by their numbers, all of them or those about some things, in batches. */
export const itemRows = (
  db: Db,
  reviewId: string,
  thingIds: readonly string[] | null = null,
): AsyncGenerator<ItemRow> =>
  allRows({ from: 0, placeOf: ({ number }) => number, batchRows }, (after) =>
    db.accessReviewItem.findMany({
      where: { reviewId, number: { gt: after }, ...(thingIds && { thingId: { in: [...thingIds] } }) },
      orderBy: { number: 'asc' },
      take: batchRows,
    }),
  )
