'use client'

import { ClipboardCheck, SearchX } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { counted } from '@/components/ui/counted'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { FilterBar, FilterSelect } from '@/components/ui/filter-bar'
import { moveInRow } from '@/components/ui/in-row'
import { Skeleton } from '@/components/ui/skeleton'
import { type ReviewDetail, type ReviewItem, type ReviewItemFilter, useReviewItems } from '@/lib/client/reviews'
import { useSession } from '@/lib/client/session'
import { useUrlParameters } from '@/lib/client/url-parameters'
import { itemDecisionNames, itemDecisions, reviewedKindNames, reviewedKinds } from '@/lib/model/access-review-facts'
import { ReviewItemRow } from './review-item-row'
import { SelectedItems, selectedMax } from './selected-items'

/** Items of a review, filtered by the URL. */
export function ReviewItems({ review }: { review: ReviewDetail }) {
  const url = useUrlParameters()
  const decision = itemDecisionNames.find((one) => one === url.get('decision'))
  const kind = reviewedKindNames.find((one) => one === url.get('kind'))
  const filter: ReviewItemFilter = { ...(decision && { decision }), ...(kind && { kind }) }
  const clear = () => url.set({ decision: null, kind: null })
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useReviewItems(review.id, filter)
  const [numbers, setNumbers] = useState<readonly number[]>([])
  const { data: session } = useSession()
  const selectable = (data ?? []).filter((item) => isSelectable(item, review, session?.user.id))
  const selected = selectable.filter(({ number }) => numbers.includes(number))
  const onChange = (number: number, isOn: boolean) =>
    setNumbers([
      ...selected.flatMap((item) => (item.number === number ? [] : [item.number])),
      ...(isOn && selected.length < selectedMax ? [number] : []),
    ])
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
            {review.state === 'collecting'
              ? 'They are being collected.'
              : 'No thing matches the filters of this review.'}
          </EmptyState>
        ))}
      {selectable.length > 0 && (
        <SelectedItems reviewId={review.id} selectable={selectable} selected={selected} onSelect={setNumbers} />
      )}
      {data && data.length > 0 && (
        <ul aria-label="Items" data-in-columns className="divide-y" onKeyDown={moveInRow}>
          {data.map((item) => (
            <ReviewItemRow
              key={item.number}
              item={item}
              review={review}
              selection={selectable.includes(item) ? { isOn: numbers.includes(item.number), onChange } : null}
            />
          ))}
        </ul>
      )}
      {hasNextPage && (
        <p className="hidden border-t px-2 py-1 print:block">
          {data?.length} of {counted(review.items, 'item')}. The export has all of them.
        </p>
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

/** Undecided items can be decided on together. */
const isSelectable = (item: ReviewItem, { mayDecide, state }: ReviewDetail, ownId: string | undefined) =>
  mayDecide &&
  state !== 'closed' &&
  item.decision === 'undecided' &&
  !(item.kind === 'person' && item.thingId === ownId)

const decisionOptions = itemDecisionNames.map((value) => ({ value, label: itemDecisions[value] }))
const kindOptions = reviewedKindNames.map((value) => ({ value, label: reviewedKinds[value] }))
