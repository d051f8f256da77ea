import { requireAccess } from '../access'
import type { Context } from '../context'
import { itemRows } from './item-rows'
import { type ReviewLine, toReviewLine } from './review-line'
import { findReview } from './review-row'

export type ExportedItem = { review: string } & ReviewLine

/** Items of a review as they are stored, for files: read while they are taken. @throws AppError `not-found` */
export async function exportItems(ctx: Context, reviewId: string): Promise<AsyncGenerator<ExportedItem>> {
  const { organizationId } = requireAccess(ctx, 'read')
  const { id, name } = await findReview(ctx.db, organizationId, reviewId)
  return lines(ctx, id, name)
}

async function* lines({ db }: Context, reviewId: string, review: string): AsyncGenerator<ExportedItem> {
  for await (const row of itemRows(db, reviewId)) yield { review, ...toReviewLine(row) }
}
