import { expect, test } from 'vitest'
import { dayWords, lastDays } from './last-days'

const now = Date.parse('2026-03-01T23:59:00Z')

test('the days end today and leave none out, over the end of a month too', () => {
  const days = lastDays([{ day: '2026-02-28', fetches: 3, failures: 1 }], now, 3)
  expect(days).toEqual([
    { day: '2026-02-27', fetches: 0, failures: 0 },
    { day: '2026-02-28', fetches: 3, failures: 1 },
    { day: '2026-03-01', fetches: 0, failures: 0 },
  ])
})

test('days before the chart are left out', () => {
  expect(
    lastDays([{ day: '2025-01-01', fetches: 1, failures: 0 }], now, 90).every(({ fetches }) => fetches === 0),
  ).toBe(true)
})

test('a day reports its fetches and its failures', () => {
  expect(dayWords({ day: '2026-03-01', fetches: 0, failures: 0 })).toBe('2026-03-01: not fetched')
  expect(dayWords({ day: '2026-03-01', fetches: 1, failures: 0 })).toBe('2026-03-01: fetched once')
  expect(dayWords({ day: '2026-03-01', fetches: 24, failures: 2 })).toBe('2026-03-01: fetched 24 times, 2 failed')
})
