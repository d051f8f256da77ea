import { expect, test } from 'vitest'
import { elsewhereFrom } from './use-door'

test('an empty installation has one door: the setup', () => {
  expect(elsewhereFrom('setup', true, false, '/')).toBeNull()
  expect(elsewhereFrom('sign-in', true, false, '/audit')).toBe('/setup')
})

test('the setup is closed once somebody is there', () => {
  expect(elsewhereFrom('setup', false, false, '/')).toBe('/sign-in')
})

test('who is signed in is not asked again', () => {
  expect(elsewhereFrom('sign-in', false, true, '/audit')).toBe('/audit')
  expect(elsewhereFrom('setup', false, true, '/')).toBe('/')
})

test('who is not signed in stays at the sign-in', () => {
  expect(elsewhereFrom('sign-in', false, false, '/')).toBeNull()
})
