import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nearestDifference, textDifference } from './text-difference'

const differing = (parts: { text: string; differs: boolean }[]) =>
  parts.filter(({ differs }) => differs).map(({ text }) => text)

test('a trailing slash is the only thing that is marked', () => {
  const difference = textDifference('https://a.example', 'https://a.example/')
  expect(differing(difference!.expected)).toEqual([])
  expect(differing(difference!.received)).toEqual(['/'])
})

test('a swapped letter is marked on both sides', () => {
  const difference = textDifference('payments-prod', 'payments_prod')
  expect(differing(difference!.expected)).toEqual(['-'])
  expect(differing(difference!.received)).toEqual(['_'])
})

test('equal texts and plainly different ones have no difference to show', () => {
  expect(textDifference('a', 'a')).toBeNull()
  expect(textDifference('https://a.example', 'repo:acme/app')).toBeNull()
})

test('of several expected values the nearest is compared', () => {
  const difference = nearestDifference('one of "staging", "production"', '"productions"')
  expect(difference?.expected.map(({ text }) => text).join('')).toBe('production')
})

test('the parts always spell the two texts again', () => {
  const text = fc.array(fc.constantFrom('a', 'b', '/', '😀'), { maxLength: 12 }).map((letters) => letters.join(''))
  fc.assert(
    fc.property(text, text, (one, other) => {
      const difference = textDifference(one, other)
      if (!difference) return
      expect(difference.expected.map((part) => part.text).join('')).toBe(one)
      expect(difference.received.map((part) => part.text).join('')).toBe(other)
    }),
  )
})
