import fc from 'fast-check'
import { expect, test } from 'vitest'
import { niceMax, toBars } from './bar-scale'

test.each([
  [0, 5],
  [5, 5],
  [6, 10],
  [10, 10],
  [11, 20],
  [21, 50],
  [51, 100],
  [999, 1000],
  [1001, 2000],
])('the axis ends at a round number: %d → %d', (count, max) => {
  expect(niceMax(count)).toBe(max)
})

const days = fc.array(
  fc.record({ day: fc.constant('2026-11-01'), accepted: fc.nat(100_000), refused: fc.nat(100_000) }),
  { minLength: 1, maxLength: 30 },
)

test('every bar is inside the chart, in order, without overlap', () => {
  fc.assert(
    fc.property(days, (list) => {
      const bars = toBars(list, { width: 600, height: 120 })
      for (const [at, bar] of bars.entries()) {
        expect(bar.refusedTop).toBeGreaterThanOrEqual(0)
        expect(bar.refusedTop).toBeLessThanOrEqual(bar.acceptedTop)
        expect(bar.acceptedTop).toBeLessThanOrEqual(120)
        expect(bar.x + bar.width).toBeLessThanOrEqual(bars[at + 1]?.x ?? 600)
      }
    }),
  )
})

test('one login among many can be seen', () => {
  const [bar] = toBars(
    [
      { day: 'a', accepted: 0, refused: 1 },
      { day: 'b', accepted: 100_000, refused: 0 },
    ],
    {
      width: 600,
      height: 120,
    },
  )
  expect(bar!.acceptedTop - bar!.refusedTop).toBeGreaterThanOrEqual(1)
})

test('a day without logins has no bar', () => {
  const [bar] = toBars([{ day: 'a', accepted: 0, refused: 0 }], { width: 600, height: 120 })
  expect(bar!.refusedTop).toBe(120)
})
