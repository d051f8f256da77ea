'use client'

import { type RowData, type SortingState, type Updater, useTable } from '@tanstack/react-table'
import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { cn } from './cn'
import { type ColumnLook, type DataTableColumns, dataTableFeatures } from './data-table-columns'
import { DataTableFooter, type DataTablePages } from './data-table-footer'
import { ErrorState, type Failure } from './error-state'
import { Shown } from './shown'
import { Skeleton } from './skeleton'
import { rowLinkStyles, Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from './table'
import { TableFrame } from './table-frame'

/** Column that orders the list. */
export type Sort = { id: string; desc: boolean }

export type DataTableProps<Row extends RowData> = {
  /** Noun of the rows, for screen readers: "Identities". */
  caption: string
  /** From `columnsOf<Row>()`; keep it outside the component. */
  columns: DataTableColumns<Row>
  /** undefined = not loaded yet (skeletons); empty = `empty` is shown. */
  rows: readonly Row[] | undefined
  rowId: (row: Row) => string
  /** Makes each row a link with the first column as its text, which may contain no control. */
  rowHref?: (row: Row) => string
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
export function DataTable<Row extends RowData>(props: DataTableProps<Row>) {
  const { caption, columns, rows, rowId, rowHref, selectedRowId, empty, error, onRetry, pages, busy } = props
  const table = useTable({
    features: dataTableFeatures,
    columns,
    data: rows ?? noRows,
    getRowId: rowId,
    enableMultiSort: false,
    defaultColumn: { cell: ({ getValue }) => wordsOf(getValue()) },
    ...serverSorting(props),
  })

  if (error && !rows) return <ErrorState title={`${caption} could not be loaded`} error={error} onRetry={onRetry} />
  if (rows?.length === 0) return <>{empty}</>

  return (
    <>
      <TableFrame label={caption}>
        <Table caption={caption} aria-busy={busy || !rows || undefined}>
          <TableHead>
            {table.getHeaderGroups().map((group) => (
              <tr key={group.id}>
                {group.headers.map((header) => {
                  const look = header.column.columnDef.meta
                  const sorted = header.column.getIsSorted()
                  const words = <table.FlexRender header={header} />
                  return (
                    <TableHeader
                      key={header.id}
                      className={lookStyles(look, true)}
                      aria-sort={sorted ? (sorted === 'asc' ? 'ascending' : 'descending') : undefined}
                    >
                      {look?.quiet ? (
                        <span className="sr-only">{words}</span>
                      ) : header.column.getCanSort() ? (
                        <SortButton
                          sorted={sorted}
                          iconFirst={look?.align === 'right'}
                          onSort={header.column.getToggleSortingHandler()}
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
            ))}
          </TableHead>
          <TableBody>
            {!rows &&
              Array.from({ length: props.skeletonRows ?? 8 }, (_, index) => (
                <TableRow key={index}>
                  {table.getAllLeafColumns().map((column, at) => (
                    <TableCell key={column.id} className={lookStyles(column.columnDef.meta)}>
                      <Skeleton className={cn('h-3', at === 0 ? 'w-40 max-w-full' : 'w-20 max-w-full')} />
                    </TableCell>
                  ))}
                </TableRow>
              ))}
            {rows &&
              table.getRowModel().rows.map((row) => (
                <TableRow key={row.id} data-selected={row.id === selectedRowId || undefined}>
                  {row.getAllCells().map((cell, at) => (
                    <TableCell key={cell.id} className={lookStyles(cell.column.columnDef.meta)}>
                      {at === 0 && rowHref ? (
                        <Link
                          href={rowHref(row.original)}
                          data-row-link
                          className={rowLinkStyles}
                          aria-current={row.id === selectedRowId || undefined}
                        >
                          <table.FlexRender cell={cell} />
                        </Link>
                      ) : (
                        <table.FlexRender cell={cell} />
                      )}
                    </TableCell>
                  ))}
                </TableRow>
              ))}
          </TableBody>
        </Table>
      </TableFrame>
      <DataTableFooter shown={rows?.length ?? null} pages={pages} error={rows ? error : null} onRetry={onRetry} />
    </>
  )
}

/** Value of a column without a look of its own. */
const wordsOf = (value: unknown): ReactNode =>
  typeof value === 'string' ? <Shown text={value} /> : String(value ?? '')

// One array for every render: TanStack recomputes its rows whenever `data` is another array.
const noRows: never[] = []

function serverSorting<Row extends RowData>({ sort, onSortChange }: DataTableProps<Row>) {
  if (!onSortChange) return { initialState: { sorting: sort ? [sort] : [] } }
  const sorting: SortingState = sort ? [sort] : []
  return {
    manualSorting: true,
    state: { sorting },
    onSortingChange: (next: Updater<SortingState>) =>
      onSortChange((typeof next === 'function' ? next(sorting) : next)[0] ?? null),
  }
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
  onSort: ((event: unknown) => void) | undefined
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
}

function lookStyles(look: ColumnLook | undefined, head = false): string {
  return cn(
    look?.align === 'right' && 'text-right tabular-nums',
    look?.mono && !head && 'font-mono',
    look?.hideBelow && hidden[look.hideBelow],
    look?.width,
  )
}
