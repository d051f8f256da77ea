import { z } from 'zod'
import { FormerDecision, ItemDecision, ReviewScope, ReviewSnapshot, ReviewState } from '@/lib/model/access-review'

const time = z.iso.datetime()
const nullableText = z.string().nullable()
const count = z.number()

export const ReviewAnswer = z
  .object({
    ...{ id: z.uuid(), name: z.string(), state: ReviewState },
    scope: ReviewScope.nullable().meta({ description: 'Null where it cannot be read.' }),
    reviewerIds: z.array(z.string()),
    dueAt: time,
    isOverdue: z.boolean(),
    isCut: z.boolean().meta({ description: 'There were more things than one review takes.' }),
    looked: count.meta({ description: 'Things that were looked at for it so far.' }),
    total: count.nullable().meta({
      description:
        'Things that there were when it was started, 50000 of a kind at most. Null for reviews of older versions.',
    }),
    collectedAt: time.nullable().meta({ description: 'When all items had been taken.' }),
    isIncomplete: z.boolean().meta({ description: 'It was closed while items were still being taken.' }),
    items: count.meta({ description: 'So many were taken; the following are those of each decision.' }),
    ...{ undecided: count, kept: count, narrowing: count, narrowed: count, removed: count },
    ...{ createdAt: time, createdByName: nullableText, closedAt: time.nullable(), closedByName: nullableText },
  })
  .meta({ id: 'AccessReview' })
export type ReviewAnswer = z.output<typeof ReviewAnswer>

export const ReviewDetailAnswer = ReviewAnswer.extend({
  reviewers: z
    .array(z.object({ id: z.string(), name: z.string() }))
    .meta({ description: 'Those that are members still.' }),
  mayDecide: z.boolean().meta({ description: 'Whether the caller decides on items.' }),
})
export type ReviewDetailAnswer = z.output<typeof ReviewDetailAnswer>

const next = z.string().nullable().meta({ description: 'The `cursor` of the page that follows; null at the end.' })
export const ReviewListAnswer = z.object({ reviews: z.array(ReviewAnswer), next })
export type ReviewListAnswer = z.output<typeof ReviewListAnswer>

export const ReviewItemAnswer = z
  .object({
    number: z.number(),
    kind: z.string().meta({ description: '`identity`, `trust`, `person` or `token`.' }),
    ...{ thingId: z.string(), name: z.string(), takenAt: time },
    isWide: z.boolean().meta({ description: 'To keep it needs a reason.' }),
    hasFindings: z.boolean(),
    snapshot: ReviewSnapshot.nullable().meta({ description: 'As it was taken; null where that cannot be read.' }),
    now: ReviewSnapshot.nullable().meta({ description: 'As it is; null where it is gone.' }),
    changes: z.array(z.string()).meta({ description: 'What changed since it was taken, in sentences.' }),
    mark: z.string().meta({ description: 'Differs where the thing is another by now; sent with a decision.' }),
    decision: ItemDecision,
    version: z.number().meta({ description: 'Grows with every decision; sent with one, and needed to override one.' }),
    former: FormerDecision.nullable().meta({ description: 'The decision that the present one overrides.' }),
    aside: nullableText.meta({ description: 'Why it could not be told whether it is narrower by now.' }),
    reason: nullableText,
    decidedAt: time.nullable(),
    ...{ decidedByKind: nullableText, decidedById: nullableText, decidedByName: nullableText },
  })
  .meta({ id: 'AccessReviewItem' })
export type ReviewItemAnswer = z.output<typeof ReviewItemAnswer>

export const ReviewItemListAnswer = z.object({
  items: z.array(ReviewItemAnswer),
  next: z.number().nullable().meta({ description: 'As `after` it leads to the next page; null at the end.' }),
})
export type ReviewItemListAnswer = z.output<typeof ReviewItemListAnswer>

export const DecidedItemsAnswer = z
  .object({
    decided: z.number(),
    refused: z
      .array(z.object({ number: z.number(), reason: nullableText, message: z.string() }))
      .meta({ description: 'Items on which this cannot be decided, each with the reason.' }),
    stopped: z
      .object({
        message: z.string(),
        unknown: z.number().nullable().meta({
          description: 'The item at which it ended, where it could not be read whether that was decided.',
        }),
        left: z.array(z.number()).meta({ description: 'Items on which nothing was decided.' }),
      })
      .nullable()
      .meta({ description: 'Why it ended before the last item, as where the database fails; null where it did not.' }),
  })
  .meta({ id: 'AccessReviewDecided' })
export type DecidedItemsAnswer = z.output<typeof DecidedItemsAnswer>

export const ItemLossesAnswer = z
  .object({
    items: count.meta({ description: 'Of the items, those that are there.' }),
    identities: count,
    trusts: count.meta({ description: 'The trusts among the items, and those of the identities.' }),
    people: count,
    tokens: count.meta({ description: 'Live access tokens that stop working.' }),
  })
  .meta({ id: 'AccessReviewLosses' })
export type ItemLossesAnswer = z.output<typeof ItemLossesAnswer>

const goOn = z.number().nullable().meta({ description: 'As `after` it goes on; null when all were looked at.' })
export const KeptAnswer = z
  .object({
    kept: z.number(),
    unjudged: z.number().meta({
      description: 'Passed over: what they let in is still being judged, or could not be.',
    }),
    next: goOn,
  })
  .meta({ id: 'AccessReviewKept' })
export type KeptAnswer = z.output<typeof KeptAnswer>
export const SettledAnswer = z
  .object({
    settled: z.number(),
    setAside: z.number().meta({ description: 'Items of which it could not be told; each says why (`aside`).' }),
    next: goOn,
  })
  .meta({ id: 'AccessReviewSettled' })
export type SettledAnswer = z.output<typeof SettledAnswer>

/** A line of an export: what was there, and what was decided. */
export const ReviewItemRow = z.object({
  ...{ review: z.string(), number: z.number(), kind: z.string(), thingId: z.string(), name: z.string() },
  ...{ takenAt: time, sentence: nullableText, role: nullableText, lastUsedAt: nullableText, owner: nullableText },
  ...{ findings: z.string(), isWide: z.boolean(), isJudged: z.boolean(), decision: z.string() },
  ...{ reason: nullableText, decidedAt: time.nullable(), decidedByName: nullableText },
  ...{ overrode: nullableText, overrodeByName: nullableText, overrodeReason: nullableText },
})

export const UnreviewedAnswer = z
  .object({
    intervalDays: z.number().nullable().meta({ description: 'The setting of the organization; null: nothing is due.' }),
    ...{ identities: count, trusts: count, people: count },
    isMore: z.boolean().meta({ description: 'There may be more: of each kind 1000 are counted, or 5000 looked at.' }),
  })
  .meta({ id: 'Unreviewed' })
export type UnreviewedAnswer = z.output<typeof UnreviewedAnswer>
