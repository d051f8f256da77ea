'use client'

import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react'
import { Fragment, type ReactNode, useMemo, useState } from 'react'
import { cn } from './cn'
import type { ColumnLook, DataTableColumns } from './data-table-columns'
import { DataTableFooter, type DataTablePages } from './data-table-footer'
import { ErrorState, type Failure } from './error-state'
import { InRow, keepRowStops, moveInRow } from './in-row'
import { Link } from './link'
import { Shown } from './shown'
import { Skeleton } from './skeleton'
import { nextSort, type Sort, sortRows } from './sort-rows'
import { rowLinkStyles, Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from './table'
import { TableFrame } from './table-frame'

export type { Sort }

export type DataTableProps<Row> = {
  /** Noun of the rows, for screen readers: "Identities". */
  caption: string
  /** From `columnsOf<Row>()`; keep it outside the component. */
  columns: DataTableColumns<Row>
  /** undefined = not loaded yet (skeletons); empty = `empty` is shown. */
  rows: readonly Row[] | undefined
  rowId: (row: Row) => string
  /** Makes each row a link with the first column as its text, which may contain no control. */
  rowHref?: (row: Row) => string
  /** Heads the rows that follow each other with the same text: "29 November 2026". */
  groupOf?: (row: Row) => string
  /** Marks the row whose detail is open. */
  selectedRowId?: string | null
  /** Shown without rows: an `EmptyState`, another one when a filter is on. */
  empty: ReactNode
  error?: Failure | null
  onRetry?: () => void
  /** With `onSortChange` the server sorts and this is its order; without it the loaded rows are sorted here. */
  sort?: Sort | null
  onSortChange?: (sort: Sort | null) => void
  pages?: DataTablePages
  /** Whether a newer answer is loading: rows stay, and screen readers are told. */
  busy?: boolean
  skeletonRows?: number
}

/** Table of items: sortable headers, linked rows, keyset pages, and states for loading, empty and failed. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { caption, columns, rows, rowId, rowHref, groupOf, selectedRowId, empty, error, onRetry, pages, busy } = props
  const [ownSort, setOwnSort] = useState(props.sort ?? null)
  const { onSortChange } = props
  const sort = onSortChange ? (props.sort ?? null) : ownSort
  const ordered = useMemo(
    () => (rows && !onSortChange ? sortRows(rows, columns, sort) : rows),
    [rows, columns, sort, onSortChange],
  )

  if (error && !rows) return <ErrorState title={`${caption} could not be loaded`} error={error} onRetry={onRetry} />
  if (rows?.length === 0) return <>{empty}</>

  return (
    <>
      <TableFrame label={caption}>
        <Table caption={caption} aria-busy={busy || !rows || undefined}>
          <TableHead>
            <tr>
              {columns.map((column) => {
                const look = column.meta
                const isSorted = column.canSort && sort?.id === column.id
                const words = column.header
                return (
                  <TableHeader
                    key={column.id}
                    className={lookStyles(look, true)}
                    aria-sort={isSorted ? (sort.desc ? 'descending' : 'ascending') : undefined}
                  >
                    {look?.quiet ? (
                      <span className="sr-only">{words}</span>
                    ) : column.canSort ? (
                      <SortButton
                        sorted={isSorted && (sort.desc ? 'desc' : 'asc')}
                        iconFirst={look?.align === 'right'}
                        onSort={() => (onSortChange ?? setOwnSort)(nextSort(column, rows ?? [], sort))}
                      >
                        {words}
                      </SortButton>
                    ) : (
                      words
                    )}
                  </TableHeader>
                )
              })}
            </tr>
          </TableHead>
          <TableBody ref={rowHref ? undefined : keepRowStops} onKeyDown={moveInRow}>
            {!rows &&
              Array.from({ length: props.skeletonRows ?? 8 }, (_, index) => (
                <TableRow key={index}>
                  {columns.map((column, at) => (
                    <TableCell key={column.id} className={lookStyles(column.meta)}>
                      <Skeleton className={cn('h-3', at === 0 ? 'w-40 max-w-full' : 'w-20 max-w-full')} />
                    </TableCell>
                  ))}
                </TableRow>
              ))}
            {ordered?.map((row, index, all) => {
              const id = rowId(row)
              const isSelected = id === selectedRowId || undefined
              return (
                <Fragment key={id}>
                  {groupOf && <GroupHeading of={groupOf} row={row} before={all[index - 1]} />}
                  <TableRow data-selected={isSelected}>
                    {columns.map((column, at) => (
                      <TableCell key={column.id} className={lookStyles(column.meta)}>
                        <InRow.Provider value>
                          {at === 0 && rowHref ? (
                            <Link href={rowHref(row)} data-row-link className={rowLinkStyles} aria-current={isSelected}>
                              {column.render(row)}
                            </Link>
                          ) : (
                            column.render(row)
                          )}
                        </InRow.Provider>
                      </TableCell>
                    ))}
                  </TableRow>
                </Fragment>
              )
            })}
          </TableBody>
        </Table>
      </TableFrame>
      <DataTableFooter shown={rows?.length ?? null} pages={pages} error={rows ? error : null} onRetry={onRetry} />
    </>
  )
}

/** A heading above the first row of a group. */
function GroupHeading<Row>({ of, row, before }: { of: (row: Row) => string; row: Row; before: Row | undefined }) {
  const title = of(row)
  if (before !== undefined && of(before) === title) return null
  return (
    <tr>
      <th scope="colgroup" colSpan={100} className="h-8 border-b bg-muted/40 px-4 text-left font-medium text-compact">
        <Shown text={title} />
      </th>
    </tr>
  )
}

function SortButton({
  sorted,
  iconFirst,
  onSort,
  children,
}: {
  sorted: false | 'asc' | 'desc'
  /** Before the label in right-aligned columns, so that the label aligns with its numbers. */
  iconFirst: boolean
  onSort: () => void
  children: ReactNode
}) {
  const Icon = sorted === 'asc' ? ArrowUp : sorted === 'desc' ? ArrowDown : ChevronsUpDown
  return (
    <button
      type="button"
      onClick={onSort}
      className={cn(
        'group/sort -mx-1 inline-flex h-7 items-center gap-1 rounded-sm px-1 hover:text-foreground',
        sorted && 'text-foreground',
        iconFirst && 'flex-row-reverse',
      )}
    >
      {children}
      <Icon
        aria-hidden
        className={cn(
          'size-3.5',
          !sorted && 'opacity-0 group-hover/sort:opacity-100 group-focus-visible/sort:opacity-100',
        )}
      />
    </button>
  )
}

const hidden = {
  sm: 'max-sm:hidden',
  md: 'max-md:hidden',
  lg: 'max-lg:hidden',
  xl: 'max-xl:hidden',
  '2xl': 'max-2xl:hidden',
}

function lookStyles(look: ColumnLook | undefined, head = false): string {
  return cn(
    look?.align === 'right' && 'text-right tabular-nums',
    look?.mono && !head && 'font-mono',
    look?.hideBelow && hidden[look.hideBelow],
    look?.width,
  )
}
