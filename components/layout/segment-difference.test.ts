import fc from 'fast-check'
import { expect, test } from 'vitest'
import { segmentDifference } from './segment-difference'

const differing = (expected: string, received: string) => {
  const difference = segmentDifference(expected, received)
  const marked = (parts: { text: string; differs: boolean }[] = []) =>
    parts.filter(({ differs }) => differs).map(({ text }) => text)
  return [marked(difference?.expected), marked(difference?.received)]
}

test.each([
  [
    'another branch',
    'repo:acme/app:ref:refs/heads/main',
    'repo:acme/app:ref:refs/heads/staging',
    ['main'],
    ['staging'],
  ],
  ['another repository', 'repo:acme/app:ref:x', 'repo:acme/lib:ref:x', ['app'], ['lib']],
  ['a letter of a segment', 'repo:acme/payments-prod:x', 'repo:acme/payments_prod:x', ['-'], ['_']],
  ['more at the end', 'repo:acme/app', 'repo:acme/app:environment:prod', [], [':environment:prod']],
  ['a host of an image', 'ghcr.io/acme/app@sha256', 'ghcr.io/acme/web@sha256', ['app'], ['web']],
  ['a trailing slash', 'https://a.example', 'https://a.example/', [], ['/']],
])('%s is marked as a whole', (_, expected, received, ours, theirs) => {
  expect(differing(expected, received)).toEqual([ours, theirs])
})

test('texts that share no segment are not compared by segment', () => {
  expect(segmentDifference('a:b', 'c:d')).toBeNull()
  expect(segmentDifference('a:b', 'a:b')).toBeNull()
})

test('the parts always spell the two texts again', () => {
  const text = fc.string({ unit: fc.constantFrom(...'ab/:@'), maxLength: 14 })
  fc.assert(
    fc.property(text, text, (one, other) => {
      const difference = segmentDifference(one, other)
      if (!difference) return
      expect(difference.expected.map((part) => part.text).join('')).toBe(one)
      expect(difference.received.map((part) => part.text).join('')).toBe(other)
    }),
  )
})
