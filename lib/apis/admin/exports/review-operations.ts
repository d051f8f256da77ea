import { z } from 'zod'
import { exportItems } from '@/lib/services/access-review/export-items'
import { Id } from '@/lib/trust/uuid'
import { defineOperation } from '../../api'
import { ndjson } from '../../streamed'
import { ReviewItemRow } from '../reviews/wire'
import { Format, file } from './as-file'

export const reviewExportOperations = {
  exportReviewItems: defineOperation({
    method: 'GET',
    path: '/api/admin/exports/reviews/{reviewId}',
    summary: 'Export the items of an access review',
    description:
      'What each thing allowed when it was collected, and the decision, by whom and why; including undecided items. In CSV, fields that begin like a formula start with an apostrophe.',
    auth: 'required',
    params: z.object({ reviewId: Id }),
    query: z.strictObject({ format: Format.default('ndjson') }),
    success: {
      status: 200,
      description: 'One line per item, in the order of their numbers; CSV has a header line.',
      type: ndjson,
      schema: ReviewItemRow,
    },
    async run(ctx, { params: { reviewId }, query: { format } }) {
      return file(ctx, 'access-review', format, await exportItems(ctx, reviewId), ReviewItemRow)
    },
  }),
}
