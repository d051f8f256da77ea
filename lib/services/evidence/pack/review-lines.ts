import { csvLine } from '@/lib/model/csv'
import { batchRows, itemRows } from '../../access-review/item-rows'
import { type ReviewLine, reviewLineColumns, toReviewLine } from '../../access-review/review-line'
import { type ReviewRow, toReview } from '../../access-review/review-row'
import { allRows } from '../../all-rows'
import type { Context } from '../../context'
import type { Choice } from './choice'

type Of = { ctx: Context; organizationId: string } & Pick<Choice, 'reviewIds' | 'thingIds'>

/** Access reviews in which one of the things is an item, in the order of their ids. */
export async function* reviewLines(of: Of) {
  for await (const row of reviews(of)) {
    const { isOverdue: _, ...review } = toReview(row, of.ctx.now())
    yield review
  }
}

/** Their items about these things, with what was decided, by whom and why. */
export async function* reviewItemLines(of: Of): AsyncGenerator<PackedItem> {
  const { ctx, thingIds } = of
  for await (const { id: reviewId, name: review } of reviews(of)) {
    for await (const row of itemRows(ctx.db, reviewId, thingIds)) yield { reviewId, review, ...toReviewLine(row) }
  }
}

type PackedItem = { reviewId: string; review: string } & ReviewLine

const columns = ['reviewId', 'review', ...reviewLineColumns] as const

/** The same as CSV, with a line of names; no field begins a formula. */
export async function* reviewItemCsv(of: Of) {
  yield csvLine(columns)
  for await (const line of reviewItemLines(of)) yield csvLine(columns.map((column) => line[column]))
}

const reviews = ({ ctx, organizationId, reviewIds }: Of): AsyncGenerator<ReviewRow> =>
  allRows({ from: '', placeOf: ({ id }) => id, batchRows }, (after) =>
    ctx.db.accessReview.findMany({
      where: { organizationId, id: { gt: after, ...(reviewIds && { in: [...reviewIds] }) } },
      orderBy: { id: 'asc' },
      take: batchRows,
    }),
  )
