import { z } from 'zod'
import { requireAccess } from '@/lib/services/access'
import { readReviewItems } from '@/lib/services/access-review/list-items'
import { getReview } from '@/lib/services/access-review/list-reviews'
import { Id } from '@/lib/trust/uuid'
import { defineOperation } from '../../api'
import { ndjson } from '../../streamed'
import { ReviewItemRow } from '../reviews/wire'
import { allPages } from './all-pages'
import { Format, file } from './as-file'

const pageRows = 100

export const reviewExportOperations = {
  exportReviewItems: defineOperation({
    method: 'GET',
    path: '/api/admin/exports/reviews/{reviewId}',
    summary: 'Export the items of an access review',
    description:
      'What each thing allowed when it was taken, and what was decided, by whom and why; undecided items too. In CSV no field begins a formula: an apostrophe is put before it.',
    auth: 'required',
    params: z.object({ reviewId: Id }),
    query: z.strictObject({ format: Format.default('ndjson') }),
    success: {
      status: 200,
      description: 'A line for each item, by their numbers; CSV with a line of names.',
      type: ndjson,
      schema: ReviewItemRow,
    },
    async run(ctx, { params: { reviewId }, query: { format } }) {
      requireAccess(ctx, 'read')
      const { name: review } = await getReview(ctx, reviewId)
      const rows = allPages(async (cursor) => {
        const { items, next } = await readReviewItems(ctx, reviewId, { after: Number(cursor ?? 0), limit: pageRows })
        return { rows: items.map((item) => ({ review, ...item })), next: next === null ? null : String(next) }
      })
      return file(ctx, 'access-review', format, rows, ReviewItemRow)
    },
  }),
}
