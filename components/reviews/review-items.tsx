'use client'

import { ClipboardCheck, SearchX } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { FilterBar, FilterSelect } from '@/components/ui/filter-bar'
import { Skeleton } from '@/components/ui/skeleton'
import { type ReviewDetail, type ReviewItemFilter, useReviewItems } from '@/lib/client/reviews'
import { useUrlParameters } from '@/lib/client/url-parameters'
import { itemDecisionNames, itemDecisions, reviewedKindNames, reviewedKinds } from '@/lib/model/access-review-facts'
import { ReviewItemRow } from './review-item-row'

/** Items of a review, filtered by the URL. */
export function ReviewItems({ review }: { review: ReviewDetail }) {
  const url = useUrlParameters()
  const decision = itemDecisionNames.find((one) => one === url.get('decision'))
  const kind = reviewedKindNames.find((one) => one === url.get('kind'))
  const filter: ReviewItemFilter = { ...(decision && { decision }), ...(kind && { kind }) }
  const clear = () => url.set({ decision: null, kind: null })
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useReviewItems(review.id, filter)
  const isFiltered = decision !== undefined || kind !== undefined
  return (
    <Card>
      <FilterBar onClear={isFiltered ? clear : null}>
        <FilterSelect
          label="Decision"
          any="All decisions"
          options={decisionOptions}
          value={decision ?? null}
          onChange={(value) => url.set({ decision: value })}
        />
        <FilterSelect
          label="Kind"
          any="All kinds"
          options={kindOptions}
          value={kind ?? null}
          onChange={(value) => url.set({ kind: value })}
        />
      </FilterBar>
      {!data && error && <ErrorState title="The items could not be loaded" error={error} onRetry={() => refetch()} />}
      {!data && !error && <Skeleton className="m-4 h-40" />}
      {data?.length === 0 &&
        (isFiltered ? (
          <EmptyState icon={SearchX} title="No item matches" action={<Button onClick={clear}>Show all</Button>} />
        ) : (
          <EmptyState icon={ClipboardCheck} title="No items">
            {review.state === 'collecting' ? 'They are being taken.' : 'Nothing matches what this review is about.'}
          </EmptyState>
        ))}
      {data && data.length > 0 && (
        <ul aria-label="Items" className="divide-y">
          {data.map((item) => (
            <ReviewItemRow key={item.number} item={item} review={review} />
          ))}
        </ul>
      )}
      {hasNextPage && (
        <div className="border-t p-3 text-center print:hidden">
          <Button busy={isFetchingNextPage} onClick={() => fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
    </Card>
  )
}

const decisionOptions = itemDecisionNames.map((value) => ({ value, label: itemDecisions[value] }))
const kindOptions = reviewedKindNames.map((value) => ({ value, label: reviewedKinds[value] }))
