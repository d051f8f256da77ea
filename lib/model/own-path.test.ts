import { expect, test } from 'vitest'
import { ownPath } from './own-path'

test.each([
  ['/identities?search=a&b=https%3A%2F%2Fi.example//', '/identities?search=a&b=https%3A%2F%2Fi.example//'],
  ['/identities/../issuers', '/issuers'],
  ['/identities/%2e%2e/issuers', '/issuers'],
  ['/identities#part', '/identities'],
  ['/key-sources/a%20b%C3%A4', '/key-sources/a%20b%C3%A4'],
  ['/sign-in-report', '/sign-in-report'],
  ['/', '/'],
])('a path of ours is kept as a browser writes it: %j', (text, path) => {
  expect(ownPath(text)).toBe(path)
})

test.each([
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\/evil.example',
  '/x/..//evil.example',
  '/.//evil.example',
  '/%2e//evil.example',
  '/x/%2e%2e//evil.example',
  '/x/%2E%2E/%2Fevil.example',
  '/x/..\\/evil.example',
  '/x/../\\evil.example',
  '/%2F/evil.example',
  '/%2f%2fevil.example',
  '/%5Cevil.example',
  '/%252Fevil.example//',
  '/%255Cevil.example',
  '/%25252F%25252Fevil.example',
  '/x%2F..%2F%2Fevil.example',
  '/\t/evil.example',
  '/%09/evil.example',
  '/\n/evil.example',
  '\t//evil.example',
  ' //evil.example',
  '/\u0000/evil.example',
  '/\u200b/evil.example',
  '/a//evil.example',
  '/%zz',
  '/\t/[',
  'https://evil.example',
  'https:evil.example',
  'javascript:alert(1)',
  'data:text/html,a',
  '@evil.example',
  '.evil.example',
  'evil',
  '',
  null,
  undefined,
  `/${'a'.repeat(3_000)}`,
])('what is no path of ours leads to the start page: %j', (text) => {
  expect(ownPath(text)).toBe('/')
})

test.each([
  ...['/sign-in', '/sign-in?next=/sign-in', '/sign-in/failed', '/setup', '/x/../setup', '/idps/start/a?next=/'],
  ...['/%73ign-in', '/sign%2Din', '/%69dps/start/a', '/idps%2Fstart/a', '/%2573etup'],
])('what would begin a sign-in again leads to the start page: %j', (text) => {
  expect(ownPath(text)).toBe('/')
})
