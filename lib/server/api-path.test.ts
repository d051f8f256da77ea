import { expect, test } from 'vitest'
import { isReadable, withoutTrailingSlash } from './api-path'

test.each([
  ['/api/v1/identities/', '/api/v1/identities'],
  ['/api/v1/identities/?orgId=a/', '/api/v1/identities?orgId=a/'],
  ['/admin/v1/idps/jwt/', '/admin/v1/idps/jwt'],
  ['/api/v1/identities', '/api/v1/identities'],
])('a slash at the end of an API path does not count: %s', (asked, meant) => {
  expect(withoutTrailingSlash(asked)).toBe(meant)
})

test.each(['/', '/identities/', '/_next/static/', '//evil.example/'])(
  'what is no API path is left alone: %s',
  (url) => {
    expect(withoutTrailingSlash(url)).toBe(url)
  },
)

test('a path that is not validly percent-encoded is told apart', () => {
  expect(isReadable('/api/v1/identities/%E0%A4%A')).toBe(false)
  expect(isReadable('/api/v1/identities/%zz')).toBe(false)
  expect(isReadable('*')).toBe(false)
  expect(isReadable('/auth/v1/issuers/https%3A%2F%2Fi.example?x=%')).toBe(true)
})
