import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { FormField } from '../form/form-field'
import { PageHeader } from '../layout/page-header'
import { Button } from './button'
import { Callout } from './callout'
import { Section } from './card'
import { CheckList } from './check-list'
import { DataTable } from './data-table'
import { columnsOf } from './data-table-columns'
import { EmptyState } from './empty-state'
import { ErrorState } from './error-state'
import { KeyValueList } from './key-value-list'
import { RadioGroup } from './radio-group'
import { Select } from './select'
import { Shown, shownText } from './shown'

/** "gpj.exe" turned round, and a zero-width space. */
const name = 'photo\u202egpj.exe\u200b'
const visible = 'photo\\u{202e}gpj.exe\\u{200b}'

const check = {
  id: 'issuer',
  status: 'fail' as const,
  title: name,
  message: name,
  expected: name,
  received: name,
  fix: name,
  trusted: true,
}
const unchanged = { onValueChange: () => {} }
const column = columnsOf<{ id: string }>()
const table = { caption: 'Rows', rows: [{ id: name }], rowId: () => 'x', empty: null }

describe('text that members chose cannot reorder or hide adjacent text', () => {
  test('text is isolated in direction, and hidden characters are written out', () => {
    expect(renderToStaticMarkup(createElement(Shown, { text: name }))).toBe(`<bdi>${visible}</bdi>`)
    expect(renderToStaticMarkup(shownText('שלום'))).toBe('<bdi>שלום</bdi>')
    expect(shownText(42)).toBe(42)
    expect(shownText('') || 'none').toBe('none')
  })

  test.each([
    ['a heading', createElement(PageHeader, { title: name, description: name })],
    ['a way back', createElement(PageHeader, { title: 'x', breadcrumbs: [{ label: name, href: '/x' }] })],
    ['a remark', createElement(Callout, { title: name }, name)],
    ['an empty place', createElement(EmptyState, { title: name })],
    ['a failure', createElement(ErrorState, { title: name, error: { message: name } })],
    ['the name of a button', createElement(Button, { 'aria-label': `Remove ${name}` })],
    ['a fact', createElement(KeyValueList, { items: [{ label: name, value: name }] })],
    ['a check', createElement(CheckList, { label: name, checks: [check] })],
    ['a field', createElement(FormField, { label: name, help: name, error: name, children: () => null })],
    ['a choice', createElement(RadioGroup, { options: [{ value: 'x', label: name, help: name }] })],
    ['the name of a list', createElement(Select, { options: [], value: 'x', 'aria-label': name, ...unchanged })],
    ['a part of a page', createElement(Section, { title: name, description: name, children: null })],
    ['a cell', createElement(DataTable<{ id: string }>, { ...table, columns: [column.accessor('id', {})] })],
  ])('%s', (_, element) => {
    const markup = renderToStaticMarkup(element)
    expect(markup).toContain(visible)
    expect(markup).not.toMatch(/[\u202e\u200b]/)
  })
})
