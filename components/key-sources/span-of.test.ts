import { expect, test } from 'vitest'
import { spanOf } from './span-of'

const now = Date.parse('2026-08-01T00:00:00Z')
const daysAgo = (days: number) => new Date(now - days * 86_400_000).toISOString()

test('a key that is published reaches to the right edge', () => {
  expect(spanOf({ firstSeenAt: daysAgo(45), removedAt: null }, now)).toEqual({ left: 50, width: 50 })
})

test('a key older than the chart begins at its left edge, and ends when it was removed', () => {
  expect(spanOf({ firstSeenAt: daysAgo(200), removedAt: daysAgo(45) }, now)).toEqual({ left: 0, width: 50 })
})

test('a new key is visible, and no bar leaves the chart', () => {
  expect(spanOf({ firstSeenAt: daysAgo(0), removedAt: null }, now)).toEqual({ left: 99, width: 1 })
  expect(spanOf({ firstSeenAt: daysAgo(120), removedAt: daysAgo(100) }, now)).toEqual({ left: 0, width: 1 })
})
