'use client'

import { DataTable, type DataTableProps } from './data-table'
import type { Failure } from './error-state'
import { NothingSoFar } from './looked-back'

/** What is known of a log that is read part by part, as a hook of `lib/client` returns it. */
type Log = {
  data: { lookedBackTo: string | null; behindSeconds: number | null } | undefined
  error: Failure | null
  isFetching: boolean
  hasNextPage: boolean
  isFetchingNextPage: boolean
  fetchNextPage: () => unknown
  refetch: () => unknown
}

/** Table of the rows of a log that were read so far, which says how far back that is and reads more. */
export function LogTable<Row>({
  log: { data, error, isFetching, hasNextPage, isFetchingNextPage, fetchNextPage, refetch },
  empty,
  ...table
}: Omit<DataTableProps<Row>, 'error' | 'onRetry' | 'busy' | 'pages'> & { log: Log }) {
  const onMore = () => void fetchNextPage()
  return (
    <DataTable
      {...table}
      error={error}
      onRetry={() => void refetch()}
      busy={isFetching}
      pages={{
        kind: 'more',
        onMore: hasNextPage ? onMore : null,
        busy: isFetchingNextPage,
        lookedBackTo: data?.lookedBackTo,
        behindSeconds: data?.behindSeconds,
      }}
      empty={
        data?.lookedBackTo ? (
          <NothingSoFar lookedBackTo={data.lookedBackTo} onMore={onMore} busy={isFetchingNextPage} />
        ) : (
          empty
        )
      }
    />
  )
}
