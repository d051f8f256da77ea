'use client'

import { PageHeader } from '@/components/layout/page-header'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { Link } from '@/components/ui/link'
import { Progress } from '@/components/ui/progress'
import { shownText } from '@/components/ui/shown'
import { CardSkeleton } from '@/components/ui/skeleton'
import { TimeAgo } from '@/components/ui/time-ago'
import { type ReviewDetail, useReview } from '@/lib/client/reviews'
import { decidedWords, itemDecisions, reviewedKinds, reviewItemsMax } from '@/lib/model/access-review-facts'
import { ReviewActs } from './review-acts'
import { ReviewItems } from './review-items'
import { ReviewStateBadge } from './review-state'
import { useCollecting, useSettling } from './use-review-work'

const breadcrumbs = [{ label: 'Access reviews', href: '/reviews' }]

/** An access review: how far it is, and its items. */
export function ReviewPage({ reviewId }: { reviewId: string }) {
  const { data, error, refetch } = useReview(reviewId)
  if (data) return <Known review={data} />
  return (
    <>
      <PageHeader title="Access review" breadcrumbs={breadcrumbs} />
      {!error && <CardSkeleton lines={8} />}
      {error && (
        <Card>
          {'kind' in error && error.kind === 'not-found' ? (
            <EmptyState
              title="There is no such access review"
              action={
                <Button asChild>
                  <Link href="/reviews">All access reviews</Link>
                </Button>
              }
            />
          ) : (
            <ErrorState title="This access review could not be loaded" error={error} onRetry={() => refetch()} />
          )}
        </Card>
      )}
    </>
  )
}

function Known({ review }: { review: ReviewDetail }) {
  const collecting = useCollecting(review)
  useSettling(review)
  return (
    <>
      <PageHeader
        title={review.name}
        breadcrumbs={breadcrumbs}
        status={<ReviewStateBadge review={review} />}
        description={<Facts review={review} />}
        action={<ReviewActs review={review} />}
      />
      <div className="grid gap-4">
        {review.state === 'collecting' && (
          <Callout
            title="Items are being taken"
            actions={
              collecting.error && (
                <Button size="sm" onClick={collecting.retry}>
                  Go on
                </Button>
              )
            }
          >
            {collecting.error
              ? shownText(collecting.error.message)
              : `${lookedWords(review)} ${review.items.toLocaleString('en')} collected so far. This continues in the background, and is faster while this page is open.`}
            <Progress value={lookedPercent(review)} label={lookedWords(review)} className="mt-2" />
          </Callout>
        )}
        {review.isIncomplete && (
          <Callout tone="attention" title="Closed before all items were collected">
            {lookedWords(review)} Start another review for the rest.
          </Callout>
        )}
        {review.isCut && (
          <Callout tone="attention" title="There are more things than a review can have">
            It has the first {reviewItemsMax.toLocaleString('en')} items. Start another one with a filter for the rest.
          </Callout>
        )}
        <Card className="grid gap-3 p-4 print:py-1">
          <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
            <h2 className="font-semibold">{review.items === 0 ? 'Nothing to decide' : decidedWords(review)}</h2>
            <p className="text-compact text-muted-foreground">{countWords(review)}</p>
          </div>
          {review.items > 0 && (
            <Progress value={percentOf(review)} label={decidedWords(review)} className="print:hidden" />
          )}
        </Card>
        <ReviewItems review={review} />
      </div>
    </>
  )
}

function Facts({
  review: { scope, createdAt, dueAt, createdByName, closedAt, closedByName, reviewers },
}: {
  review: ReviewDetail
}) {
  return (
    <>
      {scope ? shownText(scopeWords(scope)) : 'What it covers cannot be read'} · due <TimeAgo at={dueAt} />
      {' · '}started <TimeAgo at={createdAt} />
      {createdByName && <> by {shownText(createdByName)}</>}
      {reviewers.length > 0 && <> · reviewers: {shownText(reviewers.map(({ name }) => name).join(', '))}</>}
      {closedAt && (
        <>
          {' '}
          · closed <TimeAgo at={closedAt} />
          {closedByName && <> by {shownText(closedByName)}</>}
        </>
      )}
    </>
  )
}

function scopeWords({ kinds, role, onlyWide, notReviewedDays }: NonNullable<ReviewDetail['scope']>): string {
  return [
    kinds.map((kind) => reviewedKinds[kind]).join(', '),
    ...(role ? [`role ${role}`] : []),
    ...(onlyWide ? ['only what is wide'] : []),
    ...(notReviewedDays === undefined ? [] : [`not reviewed in ${notReviewedDays} days`]),
  ].join(' · ')
}

/** "3,400 of about 10,000 things looked at." */
const lookedWords = ({ looked, total }: ReviewDetail) =>
  total === null
    ? `${looked.toLocaleString('en')} things looked at.`
    : `${looked.toLocaleString('en')} of about ${total.toLocaleString('en')} things examined.`

const lookedPercent = ({ looked, total }: ReviewDetail) =>
  total ? Math.min(100, Math.floor((looked / total) * 100)) : 0

const percentOf = ({ items, undecided }: ReviewDetail) => Math.floor(((items - undecided) / items) * 100)

const countWords = (review: ReviewDetail) =>
  (['undecided', 'kept', 'narrowing', 'narrowed', 'removed'] as const)
    .filter((decision) => review[decision] > 0)
    .map((decision) => `${itemDecisions[decision]}: ${review[decision].toLocaleString('en')}`)
    .join(' · ')
