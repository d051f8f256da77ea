import { expect, test } from 'vitest'
import { steadyClock } from './steady-clock'

const minute = 60_000
const day = 24 * 60 * minute

test('a clock that jumps a day ahead and back is not relied on for removing records', () => {
  const clock = steadyClock()
  expect(clock.isSteady(0, 0)).toBe(true)
  expect(clock.isSteady(minute, minute)).toBe(true)
  expect(clock.isSteady(2 * minute + day, 2 * minute)).toBe(false)
  expect(clock.isSteady(3 * minute + day, 3 * minute)).toBe(false)
  expect(clock.isSteady(4 * minute, 4 * minute)).toBe(false)
  expect(clock.isSteady(63 * minute, 63 * minute)).toBe(false)
})

test('a clock that was set right once is relied on after an hour', () => {
  const clock = steadyClock()
  expect(clock.isSteady(0, 0)).toBe(true)
  expect(clock.isSteady(400 * day, minute)).toBe(false)
  expect(clock.isSteady(400 * day + 60 * minute, 61 * minute)).toBe(true)
})
