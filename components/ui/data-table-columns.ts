import { createElement, type ReactNode } from 'react'
import { Shown } from './shown'

/** Display of a column. */
export type ColumnLook = {
  /** `right` for numbers. */
  align?: 'right'
  /** Ids, claims, keys, URLs. */
  mono?: boolean
  /** Hidden on narrow screens; the remaining columns must still identify rows. */
  hideBelow?: 'sm' | 'md' | 'lg' | 'xl' | '2xl'
  /** A class of fixed width, for example `w-40`. */
  width?: string
  /** The header is for screen readers only, in a column of buttons. */
  quiet?: boolean
}

/** A column of a `DataTable`. */
export type Column<Row> = {
  id: string
  header: string
  meta: ColumnLook | undefined
  canSort: boolean
  /** What the column is sorted by. */
  read: (row: Row) => unknown
  render: (row: Row) => ReactNode
}

export type DataTableColumns<Row> = readonly Column<Row>[]

type Options<Row, Value> = {
  header?: string
  meta?: ColumnLook
  /** Default: the value as text. */
  cell?: (of: { getValue: () => Value; row: { original: Row } }) => ReactNode
  /** Default: true. */
  enableSorting?: boolean
}

type ColumnMaker<Row> = {
  /** A column of a member of the row, whose name is its id, or of what a function returns for a row. */
  accessor<Key extends keyof Row & string>(key: Key, options: Options<Row, Row[Key]>): Column<Row>
  accessor<Value>(read: (row: Row) => Value, options: Options<Row, Value> & { id: string }): Column<Row>
  /** A column without a value, of buttons for example. It does not sort. */
  display(
    options: Pick<Options<Row, undefined>, 'header' | 'meta'> & {
      id: string
      cell: (of: { row: { original: Row } }) => ReactNode
    },
  ): Column<Row>
  columns(columns: Column<Row>[]): DataTableColumns<Row>
}

/**
 * Makes the columns of a `DataTable`, outside the component:
 * `const column = columnsOf<Identity>()` and
 * `const columns = column.columns([column.accessor('name', { header: 'Name' }), column.display({ id: 'acts', header: 'Actions', meta: { quiet: true }, cell: … })])`.
 * A column sorts unless it says `enableSorting: false`; `meta` is a `ColumnLook`.
 */
export const columnsOf = <Row>(): ColumnMaker<Row> => ({
  accessor: <Value>(
    of: (keyof Row & string) | ((row: Row) => Value),
    { header = '', meta, cell, enableSorting = true, ...rest }: Options<Row, Value> & { id?: string },
  ): Column<Row> => {
    const read = typeof of === 'function' ? of : (row: Row) => memberOf<Row, Value>(row, of)
    return {
      id: typeof of === 'function' ? (rest.id ?? '') : of,
      header,
      meta,
      canSort: enableSorting,
      read,
      render: (original) =>
        cell ? cell({ getValue: () => read(original), row: { original } }) : wordsOf(read(original)),
    }
  },
  display: ({ id, header = '', meta, cell }) => ({
    id,
    header,
    meta,
    canSort: false,
    read: () => undefined,
    render: (original) => cell({ row: { original } }),
  }),
  columns: (columns) => columns,
})

/** Value of a column without a look of its own. */
const wordsOf = (value: unknown): ReactNode =>
  typeof value === 'string' ? createElement(Shown, { text: value }) : String(value ?? '')

/** The value of a member, which the overloads of `accessor` type. */
const memberOf = <Row, Value>(row: Row, key: keyof Row) => row[key] as Value
