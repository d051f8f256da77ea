import { expect, test } from 'vitest'
import { localWords, relativeWords, utcWords } from './time-words'

const now = Date.UTC(2026, 7, 1, 14, 2, 11)

test.each([
  [0, 'now'],
  [-999, 'now'],
  [-1000, '1 second ago'],
  [-59_999, '59 seconds ago'],
  [-60_000, '1 minute ago'],
  [-3_599_999, '59 minutes ago'],
  [-24 * 3_600_000, '1 day ago'],
  [-13 * 86_400_000, '1 week ago'],
  [-400 * 86_400_000, '1 year ago'],
  [252_000, 'in 4 minutes'],
  [2 * 86_400_000, 'in 2 days'],
])('%i ms from now reads "%s"', (offset, expected) => {
  expect(relativeWords(now + offset, now)).toBe(expected)
})

test('the exact instant names its zone, in UTC and where the reader is', () => {
  expect(utcWords(now)).toBe('2026-08-01 14:02:11 UTC')
  expect(localWords(now, 'Europe/Berlin')).toBe('2026-08-01 16:02:11 Europe/Berlin')
  expect(localWords(Date.UTC(2026, 0, 1, 0, 0, 0), 'UTC')).toBe('2026-01-01 00:00:00 UTC')
})
