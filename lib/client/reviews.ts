'use client'

import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import type {
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
} from '@/lib/apis/admin/reviews/wire'
import type { ItemPatch, ItemsPatch, ReviewInput, ReviewPatch } from '@/lib/model/access-review'
import type { ItemDecision, ReviewedKind } from '@/lib/model/access-review-facts'
import { request } from './http'
import { inBatches } from './in-batches'
import { toQueryString } from './query-string'
import { useInvalidate } from './use-invalidate'

export type Review = ReviewAnswer
export type ReviewDetail = ReviewDetailAnswer
export type ReviewItem = ReviewItemAnswer
export type DecidedItems = DecidedItemsAnswer
export type ItemLosses = ItemLossesAnswer
export type ReviewItemFilter = { decision?: ItemDecision; kind?: ReviewedKind }

const reviewKeys = {
  root: ['reviews'] as const,
  one: (id: string) => [...reviewKeys.root, 'one', id] as const,
}
const pathOf = (id: string) => `/reviews/${encodeURIComponent(id)}`

/** Access reviews, newest first, page by page. */
export function useReviews() {
  return useInfiniteQuery({
    queryKey: [...reviewKeys.root, 'list'],
    queryFn: ({ pageParam, signal }) =>
      request<ReviewListAnswer>(`/reviews${toQueryString({ cursor: pageParam })}`, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    select: ({ pages }) => pages.flatMap(({ reviews }) => reviews),
  })
}

/** The first reviews that are not closed, by their due date. */
export function useOpenReviews() {
  return useQuery({
    queryKey: [...reviewKeys.root, 'open'],
    queryFn: ({ signal }) => request<ReviewListAnswer>('/reviews?state=open', { signal }),
  })
}

/** What is due for a review by the organization's interval. */
export function useUnreviewed() {
  return useQuery({
    queryKey: [...reviewKeys.root, 'unreviewed'],
    queryFn: ({ signal }) => request<UnreviewedAnswer>('/unreviewed', { signal }),
  })
}

export function useReview(id: string) {
  return useQuery({
    queryKey: reviewKeys.one(id),
    queryFn: ({ signal }) => request<ReviewDetailAnswer>(pathOf(id), { signal }),
  })
}

/** Items of a review, page by page, as they are now. */
export function useReviewItems(id: string, filter: ReviewItemFilter) {
  return useInfiniteQuery({
    queryKey: [...reviewKeys.one(id), 'items', filter],
    queryFn: ({ pageParam, signal }) =>
      request<ReviewItemListAnswer>(`${pathOf(id)}/items${toQueryString({ ...filter, after: pageParam })}`, {
        signal,
      }),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => next,
    select: ({ pages }) => pages.flatMap(({ items }) => items),
    // Every request judges some of what has not been judged yet.
    refetchInterval: ({ state: { data } }) => (data?.pages.some(hasWaiting) ? judgingMs : false),
  })
}

/** How soon it is asked again what was found in items that are being judged. */
const judgingMs = 2_000
const hasWaiting = ({ items }: ReviewItemListAnswer) => items.some(({ now }) => now?.judged === 'waiting')

export function useStartReview() {
  const refresh = useInvalidate(reviewKeys.root)
  return useMutation({
    mutationFn: (body: ReviewInput) => request<ReviewAnswer>('/reviews', { method: 'POST', body }),
    onSuccess: refresh,
  })
}

/** Takes the items of a review, until all are there. */
export function useCollectItems(id: string) {
  const refresh = useInvalidate(reviewKeys.root)
  return useMutation({
    mutationFn: () => request<ReviewAnswer>(`${pathOf(id)}/collect`, { method: 'POST' }),
    onSuccess: refresh,
  })
}

/** Decides on an item as it was read, or overrides the decision that was read. What is removed is gone from other lists, too. */
export function useDecideItem(id: string, { number, mark, version }: Pick<ReviewItem, 'number' | 'mark' | 'version'>) {
  const refresh = useInvalidate(reviewKeys.root, ['identities'], ['members'], ['trusts'], ['posture'])
  return useMutation({
    mutationFn: (body: ItemPatch) =>
      request<ReviewItemAnswer>(`${pathOf(id)}/items/${number}`, { method: 'PATCH', body: { ...body, mark, version } }),
    // Also where another decision has come first: it is shown then.
    onSettled: refresh,
  })
}

/** Decides the same on several items as they were read, in batches. */
export function useDecideItems(id: string) {
  const refresh = useInvalidate(reviewKeys.root, ['identities'], ['members'], ['trusts'], ['posture'])
  return useMutation({
    mutationFn: ({ items, ...decision }: Pick<ItemsPatch, 'decision' | 'reason'> & { items: readonly ReviewItem[] }) =>
      inBatches(items, (batch) =>
        request<DecidedItems>(`${pathOf(id)}/decide`, {
          ...{ method: 'POST', body: { ...decision, items: batch.map(({ number, mark }) => ({ number, mark })) } },
        }),
      ),
    // Also where it ended early: the list says what was decided.
    onSettled: refresh,
  })
}

/** What goes when the things of these items are removed. */
export function useItemLosses(id: string, numbers: readonly number[], enabled: boolean) {
  return useQuery({
    queryKey: [...reviewKeys.one(id), 'losses', numbers],
    queryFn: ({ signal }) =>
      request<ItemLosses>(`${pathOf(id)}/losses${toQueryString({ numbers: numbers.join(',') })}`, { signal }),
    enabled,
  })
}

/** Changes the name, the due date or the reviewers of a review. */
export function useUpdateReview(id: string) {
  const refresh = useInvalidate(reviewKeys.root)
  return useMutation({
    mutationFn: (body: ReviewPatch) => request<ReviewAnswer>(pathOf(id), { method: 'PATCH', body }),
    onSuccess: refresh,
  })
}

/** Keeps every undecided item without findings. Gives their number, and that of items that were passed over as they are not judged. */
export function useKeepClean(id: string) {
  const refresh = useInvalidate(reviewKeys.root)
  return useMutation({
    mutationFn: async () => {
      let [kept, unjudged] = [0, 0]
      for (let after: number | null = 0; after !== null; ) {
        const step: KeptAnswer = await request<KeptAnswer>(`${pathOf(id)}/keep-clean`, {
          ...{ method: 'POST', body: { after } },
        })
        kept += step.kept
        unjudged += step.unjudged
        after = step.next
      }
      return { kept, unjudged }
    },
    onSettled: refresh,
  })
}

/** Settles items that have become narrower; `again` also compares what was set aside and has not changed since. */
export function useSettleNarrowed(id: string) {
  const refresh = useInvalidate(reviewKeys.root)
  return useMutation({
    mutationFn: async ({ again = false }: { again?: boolean } = {}) => {
      let settled = 0
      for (let after: number | null = 0; after !== null; ) {
        const step: SettledAnswer = await request<SettledAnswer>(`${pathOf(id)}/settle`, {
          ...{ method: 'POST', body: { after, again } },
        })
        settled += step.settled
        after = step.next
      }
      return settled
    },
    onSettled: refresh,
  })
}

export function useCloseReview(id: string) {
  const refresh = useInvalidate(reviewKeys.root)
  return useMutation({
    mutationFn: () => request<ReviewAnswer>(`${pathOf(id)}/close`, { method: 'POST' }),
    onSuccess: refresh,
  })
}
