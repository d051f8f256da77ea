import {
  createColumnHelper,
  createSortedRowModel,
  metaHelper,
  type RowData,
  rowSortingFeature,
  sortFn_alphanumeric,
  sortFn_basic,
  sortFn_datetime,
  sortFn_text,
  tableFeatures,
} from '@tanstack/react-table'

/** Display of a column. */
export type ColumnLook = {
  /** `right` for numbers. */
  align?: 'right'
  /** Ids, claims, keys, URLs. */
  mono?: boolean
  /** Hidden on narrow screens; the remaining columns must still identify rows. */
  hideBelow?: 'sm' | 'md' | 'lg' | 'xl'
  /** A class of fixed width, for example `w-40`. */
  width?: string
  /** The header is for screen readers only, in a column of buttons. */
  quiet?: boolean
}

export const dataTableFeatures = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { alphanumeric: sortFn_alphanumeric, basic: sortFn_basic, datetime: sortFn_datetime, text: sortFn_text },
  columnMeta: metaHelper<ColumnLook>(),
})

/** Columns of a `DataTable`: what `columnsOf<Row>().columns([…])` returns. */
export type DataTableColumns<Row extends RowData> = ReturnType<ReturnType<typeof columnsOf<Row>>['columns']>

/**
 * Makes the columns of a `DataTable`, outside the component:
 * `const column = columnsOf<Identity>()` and
 * `const columns = column.columns([column.accessor('name', { header: 'Name' }), column.display({ id: 'acts', header: 'Actions', meta: { quiet: true }, cell: … })])`.
 * A column sorts unless it says `enableSorting: false`; `meta` is a `ColumnLook`.
 */
export const columnsOf = <Row extends RowData>() => createColumnHelper<typeof dataTableFeatures, Row>()
