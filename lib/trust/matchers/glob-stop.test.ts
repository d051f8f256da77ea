import fc from 'fast-check'
import { expect, test } from 'vitest'
import { propertyRuns } from '@/e2e/fixtures/property-runs'
import { globMatches, isNegated, isPattern } from './glob'
import { globStop } from './glob-stop'

test.each([
  ['repo:acme/*:ref:main', 'repo:acme/app:ref:dev', 'repo:acme/*:ref:', 'main', 'repo:acme/app:ref:', 'dev'],
  ['repo:acme/*', 'repo:other/app', 'repo:', 'acme/*', 'repo:', 'other/app'],
  ['a/?', 'a/', 'a/', '?', 'a/', ''],
  ['v?', 'v12', 'v?', '', 'v1', '2'],
  ['{main,dev}/x', 'test/x', '', '{main,dev}/x', '', 'test/x'],
  ['ref:{main,dev}', 'ref:test', 'ref:', '{main,dev}', 'ref:', 'test'],
  ['*.acme.dev', 'app.acme.com', '*.acme.', 'dev', 'app.acme.', 'com'],
  ['a[0-9]b', 'a7c', 'a[0-9]', 'b', 'a7', 'c'],
  ['a\\*b*', 'a*c', 'a\\*', 'b*', 'a*', 'c'],
])('%s stops in %s', (pattern, text, fits, wants, covered, has) => {
  expect(globStop(pattern, text)).toEqual({ fits, wants, covered, has })
})

test.each([
  ['a*', 'abc'],
  ['abc', 'abd'],
  ['!a*', 'abc'],
  ['a*', ''],
  [`${'a*'.repeat(400)}b`, 'a'.repeat(900)],
])('nothing is said of %s and %s', (pattern, text) => {
  expect(globStop(pattern, text)).toBeNull()
})

test('the parts spell pattern and text again, and the beginning of one fits that of the other', () => {
  const pattern = fc.string({ unit: fc.constantFrom(...'ab:/*?[]{},\\'), maxLength: 10 })
  const text = fc.string({ unit: fc.constantFrom(...'ab:/'), minLength: 1, maxLength: 10 })
  fc.assert(
    fc.property(pattern, text, (one, other) => {
      const stop = globStop(one, other)
      if (!stop) return
      expect(stop.fits + stop.wants).toBe(one)
      expect(stop.covered + stop.has).toBe(other)
      expect(isPattern(one) && !isNegated(one) && !globMatches(one, other)).toBe(true)
      if (stop.fits !== '') expect(stop.covered === stop.fits || globMatches(stop.fits, stop.covered)).toBe(true)
    }),
    { numRuns: propertyRuns(500) },
  )
})
