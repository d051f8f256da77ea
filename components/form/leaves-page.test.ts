import { expect, test } from 'vitest'
import { leavesPage } from './leaves-page'

const location = { origin: 'https://k.example', pathname: '/identities/a' }
const link = (href: string, more: Partial<Parameters<typeof leavesPage>[0]> = {}) => ({
  href,
  target: '',
  hasDownload: false,
  ...more,
})

test('a link to another page of this site leaves the page', () => {
  expect(leavesPage(link('https://k.example/identities'), location)).toBe(true)
  expect(leavesPage(link('https://k.example/identities', { target: '_self' }), location)).toBe(true)
})

test.each([
  ['a tab or an anchor of the same page', link('https://k.example/identities/a?tab=tokens#x')],
  ['a new window', link('https://k.example/identities', { target: '_blank' })],
  ['a download', link('https://k.example/file', { hasDownload: true })],
  ['another site', link('https://other.example/')],
  ['no address at all', link('')],
])('%s does not', (_, each) => {
  expect(leavesPage(each, location)).toBe(false)
})
