import { z } from 'zod'
import { ItemPatch, ItemsPatch, losingAtOnceMax, ReviewInput, ReviewPatch } from '@/lib/model/access-review'
import { closeReview } from '@/lib/services/access-review/close-review'
import { collectItems } from '@/lib/services/access-review/collect-items'
import { decideItem } from '@/lib/services/access-review/decide-item'
import { decideItems } from '@/lib/services/access-review/decide-items'
import { itemLosses } from '@/lib/services/access-review/item-losses'
import { keepClean } from '@/lib/services/access-review/keep-clean'
import { listItems, ReviewItemQuery } from '@/lib/services/access-review/list-items'
import { getReview, listReviews, ReviewQuery } from '@/lib/services/access-review/list-reviews'
import { settleNarrowed } from '@/lib/services/access-review/settle-narrowed'
import { startReview } from '@/lib/services/access-review/start-review'
import { countUnreviewed } from '@/lib/services/access-review/unreviewed'
import { updateReview } from '@/lib/services/access-review/update-review'
import { Id } from '@/lib/trust/uuid'
import { defineOperation } from '../../api'
import {
  DecidedItemsAnswer,
  ItemLossesAnswer,
  KeptAnswer,
  ReviewAnswer,
  ReviewDetailAnswer,
  ReviewItemAnswer,
  ReviewItemListAnswer,
  ReviewListAnswer,
  SettledAnswer,
  UnreviewedAnswer,
} from './wire'

const all = '/api/admin/reviews'
const path = `${all}/{reviewId}`
const params = z.object({ reviewId: Id })
const numberMax = 2_147_483_647
const One = params.extend({ number: z.coerce.number().int().min(1).max(numberMax) })
const GoOn = z
  .strictObject({ after: z.int().min(0).max(numberMax).default(0) })
  .meta({ id: 'AccessReviewPlace', description: '`after`: the `next` of the request before; 0 at the beginning.' })
const Settling = GoOn.extend({
  again: z.boolean().default(false).meta({
    description: 'Whether what was set aside is compared again, although it has not changed since.',
  }),
}).meta({ id: 'AccessReviewSettling' })
const Numbers = z
  .string()
  .default('')
  .refine(
    (text) => /^([1-9]\d{0,8}(,[1-9]\d{0,8})*)?$/.test(text) && text.split(',').length <= losingAtOnceMax,
    `Give at most ${losingAtOnceMax} numbers of items, separated by commas.`,
  )
  .meta({ description: `Numbers of items, at most ${losingAtOnceMax}, separated by commas.` })
const deciding = [
  ...(['review.item-decided', 'identity.deleted', 'trust.deleted', 'access-token.revoked'] as const),
  ...(['member.removed', 'member.unlinked', 'trust.updated'] as const),
] as const
const asNow = { status: 200, description: 'The access review as it is now.', schema: ReviewAnswer }
const collecting =
  'Items are collected a page at a time, for about a second per request, and then in the background. While `state` is `collecting`, calling `collect` continues immediately; `looked` of `total` is the progress.'

export const reviewOperations = {
  listReviews: defineOperation({
    method: 'GET',
    path: all,
    summary: 'List access reviews',
    description: 'In an access review, people decide which trusts, identities, people and tokens stay.',
    auth: 'required',
    query: ReviewQuery,
    success: {
      status: 200,
      description: 'Newest first; those that are open by their due date.',
      schema: ReviewListAnswer,
    },
    async run(ctx, { query }) {
      return { body: await listReviews(ctx, query) }
    },
  }),

  countUnreviewed: defineOperation({
    method: 'GET',
    path: '/api/admin/unreviewed',
    summary: 'Count what is due for an access review',
    description: 'Things that are older than the interval of the organization and that no review has decided on since.',
    auth: 'required',
    success: { status: 200, description: 'Counts by kind.', schema: UnreviewedAnswer },
    async run(ctx) {
      return { body: await countUnreviewed(ctx) }
    },
  }),

  startReview: defineOperation({
    method: 'POST',
    path: all,
    summary: 'Start an access review',
    description: `Each item has a snapshot of what its thing allows now. ${collecting}`,
    auth: 'required',
    body: ReviewInput,
    records: ['review.started', 'review.collected'],
    success: { status: 201, description: 'Started.', schema: ReviewAnswer },
    async run(ctx, { body }) {
      return { body: await startReview(ctx, body) }
    },
  }),

  getReview: defineOperation({
    method: 'GET',
    path,
    summary: 'Read an access review',
    auth: 'required',
    params,
    success: { status: 200, description: 'The access review.', schema: ReviewDetailAnswer },
    async run(ctx, { params }) {
      return { body: await getReview(ctx, params.reviewId) }
    },
  }),

  updateReview: defineOperation({
    method: 'PATCH',
    path,
    summary: 'Change an access review',
    description: 'Its name, due date or reviewers, until it is closed. What it covers cannot be changed.',
    auth: 'required',
    params,
    body: ReviewPatch,
    records: ['review.updated'],
    success: asNow,
    async run(ctx, { params, body }) {
      return { body: await updateReview(ctx, params.reviewId, body) }
    },
  }),

  collectReviewItems: defineOperation({
    method: 'POST',
    path: `${path}/collect`,
    summary: 'Collect more items of an access review',
    description: collecting,
    auth: 'required',
    params,
    records: ['review.collected'],
    success: asNow,
    async run(ctx, { params }) {
      return { body: await collectItems(ctx, params.reviewId) }
    },
  }),

  listReviewItems: defineOperation({
    method: 'GET',
    path: `${path}/items`,
    summary: 'List the items of an access review',
    description: 'Each with its snapshot, its current state, and what changed.',
    auth: 'required',
    params,
    query: ReviewItemQuery,
    success: { status: 200, description: 'By their numbers.', schema: ReviewItemListAnswer },
    async run(ctx, { params, query }) {
      return { body: await listItems(ctx, params.reviewId, query) }
    },
  }),

  decideReviewItem: defineOperation({
    method: 'PATCH',
    path: `${path}/items/{number}`,
    summary: 'Decide on an item',
    description:
      'By an admin or a reviewer, not on their own access. `remove` also removes the thing itself, with the checks of that operation, in the same transaction. The decision of another reviewer is overridden only with its `version` and a reason; otherwise the answer is 409 and says who decided what.',
    auth: 'required',
    params: One,
    body: ItemPatch,
    records: [...deciding, 'review.decision-overridden'],
    success: { status: 200, description: 'The item as it is now.', schema: ReviewItemAnswer },
    async run(ctx, { params, body }) {
      return { body: await decideItem(ctx, params, body) }
    },
  }),

  decideReviewItems: defineOperation({
    method: 'POST',
    path: `${path}/decide`,
    summary: 'Decide the same on several items',
    description:
      'One after the other, each with its own checks, transaction and audit entry. A refused item does not affect the others. Earlier decisions are not overridden. Any other failure ends the request: `stopped` says at which item, and which are left; if nothing was decided before, the answer is that error.',
    auth: 'required',
    params,
    body: ItemsPatch,
    records: deciding,
    success: {
      status: 200,
      description: 'The number of decided items, and the refused ones.',
      schema: DecidedItemsAnswer,
    },
    async run(ctx, { params, body }) {
      return { body: await decideItems(ctx, params.reviewId, body) }
    },
  }),

  readReviewLosses: defineOperation({
    method: 'GET',
    path: `${path}/losses`,
    summary: 'List what removing items would also remove',
    description: 'The trusts of these identities, and the live access tokens of both.',
    auth: 'required',
    params,
    query: z.strictObject({ numbers: Numbers }),
    success: { status: 200, description: 'Counts.', schema: ItemLossesAnswer },
    async run(ctx, { params, query }) {
      return { body: await itemLosses(ctx, params.reviewId, query.numbers.split(',').map(Number)) }
    },
  }),

  keepReviewItems: defineOperation({
    method: 'POST',
    path: `${path}/keep-clean`,
    summary: 'Keep undecided items without findings',
    description:
      '100 items per request. Items that have changed since they were collected, or that have not been judged, are left for a person to decide.',
    auth: 'required',
    params,
    body: GoOn,
    records: ['review.items-kept'],
    success: { status: 200, description: 'How many were kept.', schema: KeptAnswer },
    async run(ctx, { params, body }) {
      return { body: await keepClean(ctx, params.reviewId, body.after) }
    },
  }),

  settleReviewItems: defineOperation({
    method: 'POST',
    path: `${path}/settle`,
    summary: 'Settle items that have become narrower',
    description:
      'Trusts that accept less than when the decision was made, or are disabled or removed; identities and people whose role is lower. Items that cannot be compared are set aside with a reason.',
    auth: 'required',
    params,
    body: Settling,
    records: ['review.item-narrowed', 'review.item-set-aside'],
    success: { status: 200, description: 'How many were settled.', schema: SettledAnswer },
    async run(ctx, { params, body }) {
      return { body: await settleNarrowed(ctx, params.reviewId, body) }
    },
  }),

  closeReview: defineOperation({
    method: 'POST',
    path: `${path}/close`,
    summary: 'Close an access review',
    description:
      'Items without a decision stay undecided, and are listed as such. A review can be closed while items are being collected; it then has those collected so far (`isIncomplete`).',
    auth: 'required',
    params,
    records: ['review.closed'],
    success: asNow,
    async run(ctx, { params }) {
      return { body: await closeReview(ctx, params.reviewId) }
    },
  }),
}
