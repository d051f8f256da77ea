import { expect, test } from 'vitest'
import { columnsOf } from './data-table-columns'
import { nextSort, sortRows } from './sort-rows'

type Row = { name: string; count: number | null; at: string | null }
const column = columnsOf<Row>()
const name = column.accessor('name', { header: 'Name' })
const count = column.accessor('count', { header: 'Count' })
const at = column.accessor('at', { header: 'At' })
const columns = [name, count, at]
const row = (name: string, count: number | null = 0, at: string | null = null): Row => ({ name, count, at })

test('text is ordered as people read it: without case, and numbers in it by their value', () => {
  const rows = ['ci-10', 'Ci-9', 'ci-1', 'Beta', 'alpha'].map((each) => row(each))
  const names = (desc: boolean) => sortRows(rows, columns, { id: 'name', desc }).map((each) => each.name)
  expect(names(false)).toEqual(['alpha', 'Beta', 'ci-1', 'Ci-9', 'ci-10'])
  expect(names(true)).toEqual(['ci-10', 'Ci-9', 'ci-1', 'Beta', 'alpha'])
})

test('numbers are ordered by value, and no value comes first', () => {
  const rows = [row('a', 10), row('b', null), row('c', 9)]
  expect(sortRows(rows, columns, { id: 'count', desc: false }).map((each) => each.name)).toEqual(['b', 'c', 'a'])
  const times = [row('a', 0, '2026-11-02T00:00:00Z'), row('b'), row('c', 0, '2026-11-01T00:00:00Z')]
  expect(sortRows(times, columns, { id: 'at', desc: false }).map((each) => each.name)).toEqual(['b', 'c', 'a'])
})

test('equal rows keep their order, and the rows handed in stay as they are', () => {
  const rows = [row('b', 1), row('a', 1), row('c', 0)]
  expect(sortRows(rows, columns, { id: 'count', desc: true }).map((each) => each.name)).toEqual(['b', 'a', 'c'])
  expect(rows.map((each) => each.name)).toEqual(['b', 'a', 'c'])
  expect(sortRows(rows, columns, null)).toBe(rows)
})

test('a header leads from text up, text down, to no order; numbers begin with the highest', () => {
  const rows = [row('a', 1)]
  const up = nextSort(name, rows, null)
  expect(up).toEqual({ id: 'name', desc: false })
  const down = nextSort(name, rows, up)
  expect(down).toEqual({ id: 'name', desc: true })
  expect(nextSort(name, rows, down)).toBe(null)
  expect(nextSort(count, rows, { id: 'name', desc: true })).toEqual({ id: 'count', desc: true })
})
