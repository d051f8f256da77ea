import { expect, test } from 'vitest'
import { redirectFrom } from './use-public-page'

test('an empty installation redirects to the setup', () => {
  expect(redirectFrom('setup', true, false, '/')).toBeNull()
  expect(redirectFrom('sign-in', true, false, '/audit')).toBe('/setup')
})

test('the setup redirects to the sign-in once there are people', () => {
  expect(redirectFrom('setup', false, false, '/')).toBe('/sign-in')
})

test('people who are signed in are redirected to the dashboard', () => {
  expect(redirectFrom('sign-in', false, true, '/audit')).toBe('/audit')
  expect(redirectFrom('setup', false, true, '/')).toBe('/')
})

test('people who are not signed in stay at the sign-in', () => {
  expect(redirectFrom('sign-in', false, false, '/')).toBeNull()
})
