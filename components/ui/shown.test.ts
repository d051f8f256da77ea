import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { PageHeader } from '../layout/page-header'
import { Button } from './button'
import { Callout } from './callout'
import { EmptyState } from './empty-state'
import { ErrorState } from './error-state'
import { Shown, shownText } from './shown'

/** "gpj.exe" turned round, and a zero-width space. */
const name = 'photo\u202egpj.exe\u200b'
const visible = 'photo\\u{202e}gpj.exe\\u{200b}'

describe('what members chose cannot turn or hide what stands beside it', () => {
  test('text keeps its direction to itself, and what is not seen is written out', () => {
    expect(renderToStaticMarkup(createElement(Shown, { text: name }))).toBe(`<bdi>${visible}</bdi>`)
    expect(renderToStaticMarkup(shownText('שלום'))).toBe('<bdi>שלום</bdi>')
    expect(shownText(42)).toBe(42)
  })

  test.each([
    ['a heading', createElement(PageHeader, { title: name, description: name })],
    ['a way back', createElement(PageHeader, { title: 'x', breadcrumbs: [{ label: name, href: '/x' }] })],
    ['a remark', createElement(Callout, { title: name }, name)],
    ['an empty place', createElement(EmptyState, { title: name })],
    ['a failure', createElement(ErrorState, { title: name, error: { message: name } })],
    ['the name of a button', createElement(Button, { 'aria-label': `Remove ${name}` })],
  ])('%s', (_, element) => {
    const markup = renderToStaticMarkup(element)
    expect(markup).toContain(visible)
    expect(markup).not.toMatch(/[\u202e\u200b]/)
  })
})
