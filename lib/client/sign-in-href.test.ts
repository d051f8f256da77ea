import { expect, test } from 'vitest'
import { ownPath } from '@/lib/model/own-path'
import { ApiError } from './api-error'
import { isWorthRetrying } from './query-client'
import { signInHref } from './sign-in-href'

test('the way to sign-in remembers page and query, and leads back to exactly there', () => {
  const href = signInHref({ pathname: '/identities', search: '?search=a&b' })
  expect(href).toBe('/sign-in?next=%2Fidentities%3Fsearch%3Da%26b')
  expect(ownPath(new URL(`http://x${href}`).searchParams.get('next'))).toBe('/identities?search=a&b')
})

test('sign-in and setup do not redirect to sign-in', () => {
  expect(signInHref({ pathname: '/sign-in', search: '' })).toBeNull()
  expect(signInHref({ pathname: '/setup', search: '' })).toBeNull()
})

test('a read is repeated only when the same read may succeed later', () => {
  expect(isWorthRetrying(0, new ApiError('network', ''))).toBe(true)
  expect(isWorthRetrying(0, new ApiError('unexpected', '', { status: 500 }))).toBe(true)
  expect(isWorthRetrying(1, new ApiError('unavailable', '', { status: 503 }))).toBe(true)
  expect(isWorthRetrying(2, new ApiError('unavailable', '', { status: 503 }))).toBe(false)
  expect(isWorthRetrying(0, new ApiError('forbidden', '', { status: 403 }))).toBe(false)
  expect(isWorthRetrying(0, new ApiError('too-many', '', { status: 429 }))).toBe(false)
  expect(isWorthRetrying(0, new TypeError('a bug'))).toBe(false)
})
