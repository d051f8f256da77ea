'use client'

import { ClipboardCheck, Plus } from 'lucide-react'
import { useState } from 'react'
import { PageHeader } from '@/components/layout/page-header'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { DataTable } from '@/components/ui/data-table'
import { columnsOf } from '@/components/ui/data-table-columns'
import { EmptyState } from '@/components/ui/empty-state'
import { onDemand } from '@/components/ui/on-demand'
import { shownText } from '@/components/ui/shown'
import { TimeAgo } from '@/components/ui/time-ago'
import { type Review, useReviews } from '@/lib/client/reviews'
import { useCan } from '@/lib/client/session'
import { decidedWords } from '@/lib/model/access-review-facts'
import { ReviewStateBadge } from './review-state'

const StartReview = onDemand(() => import('./start-review').then((module) => module.StartReview))

const column = columnsOf<Review>()
const columns = column.columns([
  column.accessor('name', {
    header: 'Access review',
    enableSorting: false,
    cell: ({ getValue }) => <span className="block max-w-44 truncate sm:max-w-96">{shownText(getValue())}</span>,
  }),
  column.accessor('state', {
    header: 'State',
    enableSorting: false,
    cell: ({ row: { original } }) => <ReviewStateBadge review={original} />,
  }),
  column.accessor('undecided', {
    header: 'Decided',
    enableSorting: false,
    meta: { hideBelow: 'sm' },
    cell: ({ row: { original } }) => decidedWords(original),
  }),
  column.accessor('dueAt', {
    header: 'Due',
    enableSorting: false,
    cell: ({ getValue }) => <TimeAgo at={getValue()} />,
  }),
  column.accessor('createdByName', {
    header: 'Started by',
    enableSorting: false,
    meta: { hideBelow: 'lg' },
    cell: ({ getValue }) => shownText(getValue() ?? '–'),
  }),
  column.accessor('createdAt', {
    header: 'Started',
    enableSorting: false,
    meta: { hideBelow: 'md' },
    cell: ({ getValue }) => <TimeAgo at={getValue()} />,
  }),
])

/** Access reviews of the organization. */
export function ReviewsPage() {
  const { data, error, refetch, isFetching, hasNextPage, fetchNextPage, isFetchingNextPage } = useReviews()
  // null = not opened yet, and not loaded either.
  const [isNew, setNew] = useState<boolean | null>(null)
  const canStart = useCan('administer')
  const start = (
    <Button variant="primary" onClick={() => setNew(true)}>
      <Plus aria-hidden />
      Start review
    </Button>
  )
  return (
    <>
      <PageHeader
        title="Access reviews"
        description="Regular reviews of who and what has access. Each thing is kept, narrowed or removed, and the decision is recorded with its reason."
        action={canStart && data?.length !== 0 && start}
      />
      <Card>
        <DataTable
          caption="Access reviews"
          columns={columns}
          rows={data}
          rowId={({ id }) => id}
          rowHref={({ id }) => `/reviews/${id}`}
          error={error}
          onRetry={() => refetch()}
          busy={isFetching}
          pages={hasNextPage ? { kind: 'more', onMore: () => fetchNextPage(), busy: isFetchingNextPage } : undefined}
          empty={
            <EmptyState icon={ClipboardCheck} title="No access reviews" action={canStart && start}>
              A review lists identities, trusts, people or tokens in their current state, and asks for each whether it
              stays.
            </EmptyState>
          }
        />
      </Card>
      {isNew !== null && <StartReview open={isNew} onOpenChange={setNew} />}
    </>
  )
}
