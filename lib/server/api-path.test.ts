import { expect, test } from 'vitest'
import { withoutTrailingSlash } from './api-path'

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
